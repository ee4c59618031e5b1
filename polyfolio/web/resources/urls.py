from django.urls import path

from polyfolio.web.resources import views

urlpatterns = [
    path("networks/<slug:slug>/resources/new/", views.new, name="resource_new"),
    path("resources/<slug:slug>/", views.resource, name="resource"),
    path("resources/<slug:slug>/edit/", views.edit, name="resource_edit"),
    path("resources/<slug:slug>/delete/", views.delete, name="resource_delete"),
]

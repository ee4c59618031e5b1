from django.urls import path

from polyfolio.web.initiatives import editing, views

urlpatterns = [
    path("networks/<slug:slug>/initiatives/new/", editing.new, name="initiative_new"),
    path("initiatives/<slug:slug>/", views.initiative, name="initiative"),
    path("initiatives/<slug:slug>/edit/", editing.edit, name="initiative_edit"),
    path("initiatives/<slug:slug>/delete/", views.delete, name="initiative_delete"),
    path("initiatives/<slug:slug>/revive/", views.revive, name="initiative_revive"),
    path("initiatives/<slug:slug>/links/new/", views.link, name="initiative_link"),
    path("initiatives/<slug:slug>/links/delete/", views.unlink, name="initiative_unlink"),
]

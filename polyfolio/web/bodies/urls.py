from django.urls import path

from polyfolio.web.bodies import roles, views

urlpatterns = [
    path("networks/<slug:slug>/bodies/", views.bodies_list, name="bodies"),
    path("networks/<slug:slug>/bodies/new/", views.new, name="body_new"),
    path("networks/<slug:slug>/bodies/<slug:body>/", views.body, name="body"),
    path("networks/<slug:slug>/bodies/<slug:body>/edit/", views.edit, name="body_edit"),
    path("networks/<slug:slug>/bodies/<slug:body>/delete/", views.delete, name="body_delete"),
    path("networks/<slug:slug>/bodies/<slug:body>/roles/new/", roles.appoint, name="role_new"),
    path("networks/<slug:slug>/bodies/<slug:body>/roles/<int:pk>/", roles.edit, name="role_edit"),
    path("networks/<slug:slug>/bodies/<slug:body>/roles/<int:pk>/end/", roles.end, name="role_end"),
    path("networks/<slug:slug>/bodies/<slug:body>/roles/<int:pk>/delete/", roles.delete, name="role_delete"),
]

from django.urls import path

from polyfolio.web.organisations import editing, views

urlpatterns = [
    path("organisations/new/", editing.new, name="organisation_new"),
    path("organisations/alike/", editing.alike, name="organisation_alike"),
    path("organisations/<slug:slug>/", views.organisation, name="organisation"),
    path("organisations/<slug:slug>/work/", views.work, name="organisation_work"),
    path("organisations/<slug:slug>/edit/", editing.edit, name="organisation_edit"),
    path("organisations/<slug:slug>/delete/", views.delete, name="organisation_delete"),
    path("organisations/<slug:slug>/merge/", views.merge, name="organisation_merge"),
]

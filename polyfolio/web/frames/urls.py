from django.urls import path

from polyfolio.web.frames import crosswalks, views

urlpatterns = [
    path("portfolios/<slug:slug>/frames/", views.frames, name="frames"),
    path("portfolios/<slug:slug>/frames/new/", views.new, name="frame_new"),
    path("portfolios/<slug:slug>/frames/<slug:frame>/edit/", views.edit, name="frame_edit"),
    path("portfolios/<slug:slug>/frames/<slug:frame>/default/", views.make_default, name="frame_default"),
    path("portfolios/<slug:slug>/frames/<slug:frame>/archive/", views.archive, name="frame_archive"),
    path("portfolios/<slug:slug>/frames/<slug:frame>/restore/", views.restore, name="frame_restore"),
    path("portfolios/<slug:slug>/frames/<slug:frame>/delete/", views.delete, name="frame_delete"),
    path("portfolios/<slug:slug>/frames/<slug:frame>/crosswalk/<slug:other>/", crosswalks.crosswalk, name="crosswalk"),
    path(
        "portfolios/<slug:slug>/frames/<slug:frame>/crosswalk/<slug:other>/edit/",
        crosswalks.edit,
        name="crosswalk_edit",
    ),
]

from django.urls import path

from polyfolio.web.workshops import editing, joining, live, printing, views

urlpatterns = [
    path("portfolios/<slug:slug>/workshops/", views.workshops, name="workshops"),
    path("portfolios/<slug:slug>/workshops/new/", editing.new, name="workshop_new"),
    path("portfolios/<slug:slug>/workshops/<int:pk>/", views.workshop, name="workshop"),
    path("portfolios/<slug:slug>/workshops/<int:pk>/edit/", editing.edit, name="workshop_edit"),
    path("portfolios/<slug:slug>/workshops/<int:pk>/delete/", editing.delete, name="workshop_delete"),
    path("portfolios/<slug:slug>/workshops/<int:pk>/lead/", joining.take_the_lead, name="workshop_take_the_lead"),
    path("portfolios/<slug:slug>/workshops/<int:pk>/end/", editing.end, name="workshop_end"),
    path("portfolios/<slug:slug>/workshops/<int:pk>/kit.pdf", printing.kit, name="workshop_kit"),
    path("portfolios/<slug:slug>/workshops/<int:pk>/report.pdf", printing.printed_report, name="workshop_report"),
    path("w/", joining.join, name="workshop_join"),
    path("w/<str:code>/", joining.room, name="workshop_room"),
    path("w/<str:code>/since/<int:sequence>/", live.since, name="workshop_since"),
    path("w/<str:code>/acts/", live.acts, name="workshop_acts"),
    path("w/<str:code>/lead/", live.lead, name="workshop_lead"),
]

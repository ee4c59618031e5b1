from django.urls import path

from polyfolio.web.explorations import answering, downloads, links, views

urlpatterns = [
    path("explorations/", views.explorations, name="explorations"),
    path("explorations/new/", views.new, name="exploration_new"),
    path("explorations/<int:pk>/", views.exploration, name="exploration"),
    path("explorations/<int:pk>/edit/", views.edit, name="exploration_edit"),
    path("explorations/<int:pk>/state/", views.set_state, name="exploration_state"),
    path("explorations/<int:pk>/delete/", views.delete, name="exploration_delete"),
    path("explorations/<int:pk>/links/", links.links, name="exploration_links"),
    path("explorations/<int:pk>/links/withdraw/", links.withdraw, name="exploration_link_withdraw"),
    path("explorations/<int:pk>/report.pdf", downloads.report, name="exploration_report"),
    path("explorations/<int:pk>/diamond.svg", downloads.drawing, name="exploration_drawing"),
    path("explorations/answer/<str:secret>/", answering.start, name="exploration_answer"),
    path("explorations/answer/<str:secret>/overview/", answering.overview, name="exploration_overview"),
    path("explorations/answer/<str:secret>/result/", answering.result, name="exploration_result"),
    path("explorations/answer/<str:secret>/take-back/", answering.take_back, name="exploration_take_back"),
    path("explorations/answer/<str:secret>/discard/", answering.discard, name="exploration_discard"),
    path("explorations/answer/<str:secret>/<int:number>/", answering.step, name="exploration_step"),
]

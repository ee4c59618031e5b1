from django.urls import path

from polyfolio.web.sheets import views

urlpatterns = [
    path("portfolios/<slug:slug>/placements/import/", views.bring, name="placement_import"),
    path("portfolios/<slug:slug>/placements/template/", views.template, name="placement_template"),
    path("portfolios/<slug:slug>/placements/import/<int:pk>/", views.sheet, name="placement_sheet"),
    path("portfolios/<slug:slug>/placements/import/<int:pk>/take-over/", views.take_over, name="placement_take_over"),
    path("portfolios/<slug:slug>/placements/import/<int:pk>/undo/", views.undo, name="placement_undo"),
]

from django.urls import path

from polyfolio.web.stocktakes import editing, views

urlpatterns = [
    path("portfolios/<slug:slug>/stocktakes/", views.stocktakes, name="stocktakes"),
    path("portfolios/<slug:slug>/stocktakes/new/", editing.new, name="stocktake_new"),
    path("portfolios/<slug:slug>/stocktakes/<int:pk>/", views.stocktake, name="stocktake"),
    path("portfolios/<slug:slug>/stocktakes/<int:pk>/edit/", editing.edit, name="stocktake_edit"),
    path("portfolios/<slug:slug>/stocktakes/<int:pk>/close/", editing.close, name="stocktake_close"),
    path("portfolios/<slug:slug>/stocktakes/<int:pk>/reopen/", editing.reopen, name="stocktake_reopen"),
    path("portfolios/<slug:slug>/stocktakes/<int:pk>/delete/", editing.delete, name="stocktake_delete"),
]

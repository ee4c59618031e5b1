from django.urls import path

from polyfolio.web.scenarios import moves, views

SCENARIO = "portfolios/<slug:slug>/scenarios/<int:pk>/"
MOVE = f"{SCENARIO}moves/<int:move>/"

urlpatterns = [
    path("portfolios/<slug:slug>/scenarios/", views.scenarios, name="scenarios"),
    path("portfolios/<slug:slug>/scenarios/new/", views.new, name="scenario_new"),
    path(SCENARIO, views.scenario, name="scenario"),
    path(f"{SCENARIO}edit/", views.edit, name="scenario_edit"),
    path(f"{SCENARIO}state/", views.change_state, name="scenario_state"),
    path(f"{SCENARIO}delete/", views.delete, name="scenario_delete"),
    path(f"{SCENARIO}adoption/", views.adopt, name="scenario_adopt"),
    path(f"{SCENARIO}moves/new/", moves.new, name="move_new"),
    path(f"{MOVE}edit/", moves.edit, name="move_edit"),
    path(f"{MOVE}shift/", moves.shift, name="move_shift"),
    path(f"{MOVE}delete/", moves.delete, name="move_delete"),
]

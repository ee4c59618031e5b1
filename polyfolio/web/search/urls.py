from django.urls import path

from polyfolio.web.search import views

urlpatterns = [
    path("search/", views.search, name="search"),
    path("search/facets/", views.facets, name="search_facets"),
    path("search/suggest/", views.suggest, name="search_suggest"),
]

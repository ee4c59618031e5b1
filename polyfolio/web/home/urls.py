from django.urls import path

from polyfolio.web.home import views

urlpatterns = [path("", views.home, name="home")]

from django.urls import path

from polyfolio.web.health import views

urlpatterns = [path("healthz", views.healthz, name="healthz")]

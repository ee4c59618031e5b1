from django.urls import path

from polyfolio.web.choosing import views

urlpatterns = [path("choose/<slug:kind>/", views.choices, name="choices")]

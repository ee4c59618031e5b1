from django.urls import path

from polyfolio.web.next_steps import views

urlpatterns = [
    path("next-steps/", views.next_steps, name="next_steps"),
    path("notices/", views.notices, name="notices"),
    path("notices/read/", views.read_all, name="notices_read"),
    path("notices/<int:pk>/", views.notice, name="notice"),
]

from django.urls import path

from polyfolio.web.attachments import views

urlpatterns = [
    path("files/<int:pk>/remove/", views.remove, name="attachment_remove"),
    path("files/add/<slug:subject_type>/<int:subject_id>/", views.add, name="attachment_add"),
    path("files/<int:pk>/<path:name>", views.attachment, name="attachment"),
]

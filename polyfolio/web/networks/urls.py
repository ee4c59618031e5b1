from django.urls import path

from polyfolio.web.networks import views, work

urlpatterns = [
    path("networks/", views.networks_list, name="networks"),
    path("networks/new/", views.new, name="network_new"),
    path("networks/<slug:slug>/", views.network, name="network"),
    path("networks/<slug:slug>/edit/", views.edit, name="network_edit"),
    path("networks/<slug:slug>/delete/", views.delete, name="network_delete"),
    path("networks/<slug:slug>/initiatives/", work.initiatives, name="network_initiatives"),
    path("networks/<slug:slug>/resources/", work.resources, name="network_resources"),
    path("networks/<slug:slug>/partners/", views.partners, name="network_partners"),
    path("networks/<slug:slug>/partners/add/", views.add_partner, name="network_partner_add"),
    path("networks/<slug:slug>/partners/<slug:organisation>/", views.partner, name="network_partner"),
]

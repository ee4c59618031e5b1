from django.urls import path

from polyfolio.web.account import joining, scopes, views

urlpatterns = [
    path("account/", views.account, name="account"),
    path("account/tokens/", views.api_tokens, name="account_tokens"),
    path("account/tokens/<int:pk>/revoke/", views.revoke_token, name="account_token_revoke"),
    path("account/roles/<int:pk>/lay-down/", views.lay_down, name="account_lay_down"),
    path("account/export/", views.export, name="account_export"),
    path("account/erase/", views.erase, name="account_erase"),
    path("account/demo/<int:pk>/", views.demo_sign_in, name="demo_sign_in"),
    path("account/language/", joining.set_language, name="set_language"),
    path("account/invitation/<str:secret>/", joining.invitation, name="invitation"),
    path("roles/<slug:scope_type>/<int:scope_id>/", scopes.scope_roles, name="scope_roles"),
    path("roles/<int:pk>/take-back/", scopes.withdraw_role, name="role_take_back"),
    path("roles/invitations/<int:pk>/take-back/", scopes.withdraw_invitation, name="invitation_take_back"),
]

from django.urls import path

from polyfolio.web.portfolios import admissions, editing, lists, people, statements, views

urlpatterns = [
    path("portfolios/", views.portfolios_list, name="portfolios"),
    path("portfolios/new/", editing.new, name="portfolio_new"),
    path("portfolios/<slug:slug>/", views.portfolio, name="portfolio"),
    path("portfolios/<slug:slug>/edit/", editing.edit, name="portfolio_edit"),
    path("portfolios/<slug:slug>/delete/", views.delete, name="portfolio_delete"),
    path("portfolios/<slug:slug>/initiatives/", lists.initiatives, name="portfolio_initiatives"),
    path("portfolios/<slug:slug>/organisations/", lists.organisations, name="portfolio_organisations"),
    path("portfolios/<slug:slug>/countries/", lists.countries, name="portfolio_countries"),
    path("portfolios/<slug:slug>/money/", lists.money, name="portfolio_money"),
    path("portfolios/<slug:slug>/intent/", statements.intent, name="portfolio_intent"),
    path("portfolios/<slug:slug>/intent/edit/", statements.reword, name="portfolio_reword"),
    path("portfolios/<slug:slug>/scope/new/", statements.scope, name="portfolio_scope"),
    path("portfolios/<slug:slug>/scope/<int:pk>/delete/", statements.withdraw_scope, name="portfolio_scope_delete"),
    path("portfolios/<slug:slug>/positions/new/", statements.new_position, name="portfolio_position_new"),
    path("portfolios/<slug:slug>/positions/<int:pk>/", statements.position, name="portfolio_position"),
    path("portfolios/<slug:slug>/people/", people.people, name="portfolio_people"),
    path("portfolios/<slug:slug>/people/new/", people.give, name="portfolio_role_give"),
    path("portfolios/<slug:slug>/people/<int:pk>/end/", people.end, name="portfolio_role_end"),
    path("portfolios/<slug:slug>/add/", admissions.add, name="portfolio_add"),
    path("portfolios/<slug:slug>/admissions/", admissions.queue, name="portfolio_admissions"),
    path("portfolios/<slug:slug>/admissions/<int:pk>/", admissions.admission, name="portfolio_admission"),
    path("portfolios/<slug:slug>/admissions/<int:pk>/step/", admissions.step, name="portfolio_admission_step"),
    path("portfolios/<slug:slug>/entries/<int:pk>/remove/", admissions.remove, name="portfolio_entry_remove"),
    path("initiatives/<slug:slug>/propose/", admissions.propose, name="initiative_propose"),
]

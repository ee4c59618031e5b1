"""Kinds of transactions and budgets. Codes and names of transaction types are IATI's (2.03)."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class TransactionKind(models.TextChoices):
    INCOMING_FUNDS = "incoming_funds", _("incoming funds")
    OUTGOING_COMMITMENT = "outgoing_commitment", _("outgoing commitment")
    DISBURSEMENT = "disbursement", _("disbursement")
    EXPENDITURE = "expenditure", _("expenditure")
    INTEREST_PAYMENT = "interest_payment", _("interest payment")
    LOAN_REPAYMENT = "loan_repayment", _("loan repayment")
    REIMBURSEMENT = "reimbursement", _("reimbursement")
    PURCHASE_OF_EQUITY = "purchase_of_equity", _("purchase of equity")
    SALE_OF_EQUITY = "sale_of_equity", _("sale of equity")
    CREDIT_GUARANTEE = "credit_guarantee", _("credit guarantee")
    INCOMING_COMMITMENT = "incoming_commitment", _("incoming commitment")
    OUTGOING_PLEDGE = "outgoing_pledge", _("outgoing pledge")
    INCOMING_PLEDGE = "incoming_pledge", _("incoming pledge")


IATI_TRANSACTION_TYPES = {
    "1": TransactionKind.INCOMING_FUNDS,
    "2": TransactionKind.OUTGOING_COMMITMENT,
    "3": TransactionKind.DISBURSEMENT,
    "4": TransactionKind.EXPENDITURE,
    "5": TransactionKind.INTEREST_PAYMENT,
    "6": TransactionKind.LOAN_REPAYMENT,
    "7": TransactionKind.REIMBURSEMENT,
    "8": TransactionKind.PURCHASE_OF_EQUITY,
    "9": TransactionKind.SALE_OF_EQUITY,
    "10": TransactionKind.CREDIT_GUARANTEE,
    "11": TransactionKind.INCOMING_COMMITMENT,
    "12": TransactionKind.OUTGOING_PLEDGE,
    "13": TransactionKind.INCOMING_PLEDGE,
}


class MoneyFlow(models.TextChoices):
    """What may be summed together; never one with another (rules for every number)."""

    COMMITTED = "committed", _("committed")
    SPENT = "spent", _("disbursed and spent")
    INCOMING = "incoming", _("incoming")
    BUDGETED = "budgeted", _("budgeted, originally")
    REVISED = "revised", _("budgeted, revised")
    PLANNED = "planned", _("planned disbursements")
    REPLANNED = "replanned", _("planned disbursements, revised")


class BudgetKind(models.TextChoices):
    ORIGINAL = "original", _("original")
    REVISED = "revised", _("revised")


class BudgetStatus(models.TextChoices):
    INDICATIVE = "indicative", _("indicative")
    COMMITTED = "committed", _("committed")

"""What every route is made of: who may, the record or 404, paging, conditions, and how a refusal reads."""

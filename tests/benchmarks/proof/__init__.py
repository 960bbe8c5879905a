"""The proof: the same small model on equal budgets of what each way of cleaning keeps."""

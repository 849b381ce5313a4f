"""What a how-to speaks of: its things, what each verb does to them (`effects`), and which of them matter now."""

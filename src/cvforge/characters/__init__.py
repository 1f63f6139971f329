"""Which characters a text may hold, and in which form they are set; knows no markup."""

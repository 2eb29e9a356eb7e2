"""清源 Qingyuan: ledgers in, checks, disclosure and papers out."""

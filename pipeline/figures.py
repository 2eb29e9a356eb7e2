"""Numbers as people write them: grouped, without needless zeros, with a real minus sign."""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Decimal

TEN_THOUSAND = 10_000


def shown(number: int | Decimal) -> str:
    """Write points and sums: no trailing zeros, a real minus sign."""
    text = format(Decimal(number), "f")
    text = text.rstrip("0").rstrip(".") if "." in text else text
    return text.replace("-", "−")


def yuan(amount: int | Decimal, rounding: str = ROUND_HALF_UP) -> str:
    """Write a sum in a sentence: from ten thousand on in 万元 with two decimals, else in 元.

    The exact sum stands in the rows that the sentence rests on. What is still to be paid is rounded
    up (`ROUND_CEILING`): whoever pays what is said has paid enough.
    """
    if -TEN_THOUSAND < amount < TEN_THOUSAND:
        return f"{shown(amount)}元"
    return f"{shown((Decimal(amount) / TEN_THOUSAND).quantize(Decimal('0.01'), rounding))}万元"


def between(ends: tuple[int | Decimal, int | Decimal]) -> str:
    """Write a range by its ends, or the one number where they are the same."""
    first, last = map(shown, ends)
    return first if first == last else f"{first}～{last}"


def grouped(number: Decimal | int | float | None) -> str:
    """Write an amount: thousands grouped, no needless zeros; blank for nothing."""
    if number is None:
        return ""
    if isinstance(number, Decimal):
        number = number.normalize()
        if number == number.to_integral():
            return f"{int(number):,}"
        return f"{number:,f}"
    return f"{number:,}"

"""From which day evidence counts (reading G33); it always ends with the day of the scores."""

from __future__ import annotations

from datetime import date

from pipeline.assessment.evidence.counted import Scope


def checks_from(scope: Scope) -> date:
    """Return the first day of checks from outside (P)."""
    campaign = scope.known.snapshot.campaign
    return campaign.screen_from_on if scope.readings.says("G33", "split") else assessed_from(scope)


def duties_from(scope: Scope) -> date:
    """Return the first day of standing duties (Y)."""
    campaign = scope.known.snapshot.campaign
    return campaign.year_from_on if scope.readings.says("G33", "split") else assessed_from(scope)


def assessed_from(scope: Scope) -> date:
    """Return the first day of the assessment (大评比)."""
    return scope.known.snapshot.campaign.assess_from_on

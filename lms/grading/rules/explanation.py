"""What is kept of a decision beside its outcome: plain JSON that any page can tell again."""

from typing import Any

from lms.grading.rules.completion import Decision
from lms.grading.rules.policy import Grading


def explanation(decision: Decision, grading: Grading) -> dict[str, Any]:
    """The arithmetic and what is missing, by keys; titles and words come from the course."""
    return {
        "scale": grading.scale.key,
        "pass_mark": grading.pass_mark,
        "seen": decision.seen,
        "to_see": decision.to_see,
        "lines": [
            {
                "key": line.component.key,
                "part": line.part,
                "ratio": line.component.ratio,
                "passed": line.component.passed,
                "adds": line.adds,
            }
            | ({"dropped": True} if line.dropped else {})
            for line in decision.arithmetic.lines
        ],
        "sums": {each.category.key: each.ratio for each in decision.arithmetic.sums},
        "recognised": decision.recognised,
        "lacks": [{"lack": each.lack.value, "key": each.key} for each in decision.reasons],
    }

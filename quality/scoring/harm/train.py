"""Trains `spam.npz` and `toxicity.npz`: `python -m quality.scoring.harm.train DATA_FOLDER`.

Reads the shared data sets; one thread and fixed seeds, so the same data give the same models.
"""

import hashlib
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

from quality.draws import dice_of
from quality.scoring.harm import sets
from quality.scoring.linear import Linear, Settings, calibrate, fit, save
from quality.scoring.linear.model import Reading

CLASSES = ("clean", "harmful")

SETTINGS = Settings(
    reading=Reading(window=600, windows=64, share=0.25),
    kept=200_000,
    decay=1e-4,
)
"""Windows of 200 Han characters, as long as the longer posts are. Orders, passes, rates and decay
were chosen by the area under the curve on the posts set aside for calibration."""

SNIPPETS = 2_500
"""Snippets of each clean set that are learned from."""

CALIBRATING = 150
"""Snippets of each clean set that are calibrated on."""

MENUS, SPAM_MENUS, THREADS = 4_000, 2_000, 1_000
"""Lists of clean phrases, of phrases of spam, and posts of one label below one another."""

SEED = 20250103


class Material(NamedTuple):
    """Posts to learn from and to calibrate on; clean texts for both; menus of phrases of spam."""

    posts: list[sets.Post]
    others: list[sets.Post]
    clean: list[str]
    other_clean: list[str]
    spam: list[str]


def material(data: Path) -> Material:
    """All that is learned from."""
    dice = dice_of(SEED)
    posts = sets.learned(sets.harm_posts(data)) + sets.learned(sets.cold_posts(data))
    clean: list[str] = []
    other_clean: list[str] = []
    phrases: list[str] = []
    for name in sets.CLEAN:
        texts = sets.clean_texts(data, name)
        dice.shuffle(texts)
        apart = len(texts) // 10
        clean += sets.snippets(texts[apart:], SNIPPETS, dice)
        other_clean += sets.snippets(texts[:apart], CALIBRATING, dice)
        phrases += sets.clauses(dice.choices(texts[apart:], k=300))
    return Material(
        [post for post in posts if not _set_aside(post)],
        [post for post in posts if _set_aside(post)],
        clean + sets.menus(phrases, MENUS, dice),
        other_clean,
        sets.mixed_menus(sets.spam_phrases(data), phrases, SPAM_MENUS, dice),
    )


def _set_aside(post: sets.Post) -> bool:
    """Whether a post is calibrated on: a stable fifth of them."""
    return hashlib.sha256(post.text.encode()).digest()[0] % 5 == 0


def examples(found: Material, kind: sets.Kind, menus: list[str]) -> tuple[list[str], list[str]]:
    """Harmful texts, among them `menus`, and clean ones, to learn one kind of harm from."""
    dice = dice_of(SEED)
    harmful = [post.text for post in found.posts if getattr(post, kind)]
    clean = [post.text for post in found.posts if not getattr(post, kind)]
    harmful += sets.joined(harmful, THREADS, dice) + menus
    clean += sets.joined(clean, THREADS, dice) + found.clean
    return harmful, clean


def learned(found: Material, kind: sets.Kind, menus: list[str]) -> Linear:
    """The calibrated model of one kind of harm."""
    harmful, clean = examples(found, kind, menus)
    model = fit(
        harmful + clean, _labels(len(harmful), len(clean)), CLASSES, seed=SEED, settings=SETTINGS
    )
    harmful = [post.text for post in found.others if getattr(post, kind)]
    clean = [post.text for post in found.others if not getattr(post, kind)] + found.other_clean
    return calibrate(model, harmful + clean, _labels(len(harmful), len(clean)))


def _labels(harmful: int, clean: int) -> Sequence[str]:
    return [CLASSES[1]] * harmful + [CLASSES[0]] * clean


def train(data: Path, folder: Path) -> None:
    """Writes the models that the data give into `folder`."""
    found = material(data)
    save(learned(found, "spam", found.spam), str(folder / "spam.npz"))
    save(learned(found, "toxic", []), str(folder / "toxicity.npz"))


if __name__ == "__main__":
    train(Path(sys.argv[1]), Path(__file__).parent)

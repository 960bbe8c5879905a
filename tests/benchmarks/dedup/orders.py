"""A thousand orders of arrival of a small, hard corpus: does each end as a rebuild does?

python -m tests.benchmarks.dedup.orders [ORDERS]     (default: 1000)
"""

import sys

from tests.quality.dedup.arriving import arrived, library, rebuilt


def main(orders: int) -> None:
    """Count the orders that end in other pairs or other duplicates; exit 1 if any does."""
    everything = library()
    pairs, duplicates = rebuilt(everything, everything["batch"].unique().to_list())
    same = sum(
        found.equals(pairs) and clusters.equals(duplicates)
        for found, clusters in (arrived(everything, seed) for seed in range(orders))
    )
    print(f"{same:,} of {orders:,} orders of arrival give what a rebuild gives")
    sys.exit(same != orders)


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 1_000)

"""Load tests: people at the service (locust), limits that are judged, and ratios against anchors (bench)."""

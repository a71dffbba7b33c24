"""The text format in which Prometheus reads metrics."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from bot.observability.counters import BUCKETS, Histogram

CONTENT_TYPE = "text/plain; version=0.0.4; charset=utf-8"


@dataclass(frozen=True, slots=True)
class Sample:
    """One value; `suffix` is what a histogram adds to the name of its metric."""

    value: float
    labels: Mapping[str, str]
    suffix: str = ""


@dataclass(frozen=True, slots=True)
class Metric:
    """A counter, gauge or histogram with all its values."""

    name: str
    kind: str
    help: str
    samples: tuple[Sample, ...]


def single(name: str, kind: str, help: str, value: float) -> Metric:
    """A metric of one value."""
    return Metric(name, kind, help, (Sample(value, {}),))


def labelled(name: str, kind: str, help: str, label: str, by: Mapping[str, int]) -> Metric:
    """A metric with a value for each value of one label."""
    return Metric(name, kind, help, tuple(Sample(n, {label: of}) for of, n in by.items()))


def histogram(name: str, help: str, values: Histogram) -> Metric:
    """A histogram with the buckets of the counters."""
    *counts, total = values.cumulative
    buckets = (*zip((str(b) for b in BUCKETS), counts, strict=True), ("+Inf", total))
    samples = (
        *(Sample(count, {"le": bound}, "_bucket") for bound, count in buckets),
        Sample(values.sum, {}, "_sum"),
        Sample(total, {}, "_count"),
    )
    return Metric(name, "histogram", help, samples)


def text(metrics: Iterable[Metric]) -> str:
    """All metrics, as one page. Label values are our own words and need no escaping."""
    return "".join(f"{line}\n" for metric in metrics for line in _lines(metric))


def _lines(metric: Metric) -> Iterable[str]:
    yield f"# HELP {metric.name} {metric.help}"
    yield f"# TYPE {metric.name} {metric.kind}"
    for sample in metric.samples:
        labels = ",".join(f'{name}="{value}"' for name, value in sample.labels.items())
        braced = f"{{{labels}}}" if labels else ""
        yield f"{metric.name}{sample.suffix}{braced} {float(sample.value)!r}"

"""The whole way from descriptions, or given texts, to scored candidates, in the one process that
holds the models."""

from __future__ import annotations

import logging
from collections.abc import Callable, Sequence
from dataclasses import replace
from enum import StrEnum
from time import perf_counter

import numpy as np
from numpy.typing import NDArray

from ml.candidate import Candidate, DrawJob, DrawResult, Progress, Versions
from ml.config import Dialect, ModelConfig
from ml.drawing.geometry import violations
from ml.drawing.render import draw, encode_png
from ml.errors import LayoutError, ModelError, SpecError
from ml.language.generator import Generator, LocalGenerator, Prompt, Sample
from ml.language.loading import choose_device, load_for_generation
from ml.language.reading import grammar_of, read_diagram
from ml.language.remote import RemoteGenerator
from ml.registry import ModelKind, Registry
from ml.scoring.autoencoder import Autoencoder
from ml.scoring.looks import encoder_name, with_looks
from ml.scoring.readability import ReadabilityEnsemble, serving_ensemble
from ml.spec.changes import apply_changes
from ml.spec.model import Spec
from ml.spec.restyle import in_style
from ml.spec.scene import Scene
from ml.spec.text import parse_spec, write_spec

log = logging.getLogger(__name__)

WRITING_SHARE = 0.9
"""How much of a job's time the language model takes, for its progress."""

SCORING_SCALE = 0.5
"""Scenes that nobody will see are drawn at this scale to be scored."""


class Pipeline:
    """Language model, drawing and scores, loaded and ready."""

    def __init__(
        self,
        *,
        generator: Generator,
        dialect: Dialect,
        readability: ReadabilityEnsemble,
        autoencoder: Autoencoder,
        versions: Versions,
        device: str,
    ) -> None:
        self._generator = generator
        self._dialect = dialect
        self._readability = readability
        self._autoencoder = autoencoder
        self.versions = versions
        self.device = device

    @classmethod
    def load(cls, config: ModelConfig) -> Pipeline:
        """Everything the config names, from disk, a package index or a hub.

        Raises:
            ModelError: a model is missing, damaged or does not fit.
        """
        registry = Registry(root=config.versions)
        device = str(choose_device(config.device))
        generator, dialect, name = _language(config, registry)
        readability, scored_by = serving_ensemble(registry, device=device)
        autoencoder = registry.serving(ModelKind.AUTOENCODER)
        return cls(
            generator=generator,
            dialect=dialect,
            readability=readability,
            autoencoder=Autoencoder.load(autoencoder.folder, device=device),
            versions=Versions(
                language=name,
                readability=scored_by,
                autoencoder=encoder_name(autoencoder.name),
            ),
            device=device,
        )

    def draw(
        self,
        jobs: Sequence[DrawJob],
        *,
        cancelled: Callable[[str], bool] = lambda _: False,
        progress: Callable[[Progress], None] = lambda _: None,
    ) -> list[DrawResult]:
        """The results of jobs in their order; those without texts are written together.

        A job that is cancelled on the way gets what was finished before.

        Raises:
            ModelError: a description is too long for the model, or its server fails.
        """
        start = perf_counter()
        texts = self._write(jobs, cancelled=cancelled, progress=progress)
        results = []
        for job in jobs:
            samples = [] if cancelled(job.id) else texts[job.id]
            if samples:
                share = 0.0 if job.texts else WRITING_SHARE
                progress(Progress(job_id=job.id, stage="drawing", fraction=share))
            candidates = self._candidates(
                samples, Dialect.SPEC if job.texts or job.present else self._dialect, job.style
            )
            results.append(
                DrawResult(
                    job=job,
                    candidates=candidates,
                    dropped=len(samples) - len(candidates),
                    seconds=perf_counter() - start,
                    versions=self.versions,
                )
            )
        return results

    def _write(
        self,
        jobs: Sequence[DrawJob],
        *,
        cancelled: Callable[[str], bool],
        progress: Callable[[Progress], None],
    ) -> dict[str, list[Sample]]:
        """The texts of each job by its id: those it came with, what the model writes, or what
        comes of the changes that it writes."""
        given = {
            job.id: [Sample(text=text, finished=True) for text in job.texts]
            for job in jobs
            if job.texts
        }
        jobs = [job for job in jobs if not job.texts]
        if not jobs:
            return given
        counts = {job.id: job.count for job in jobs}

        def finished(id: str, count: int) -> None:
            share = WRITING_SHARE * count / counts[id]
            stage = f"wrote {count} of {counts[id]}"
            progress(Progress(job_id=id, stage=stage, fraction=share))

        prompts = [
            Prompt(
                id=job.id,
                description=job.description,
                count=job.count,
                seed=job.seed,
                present=job.present,
            )
            for job in jobs
        ]
        for job in jobs:
            progress(Progress(job_id=job.id, stage="writing", fraction=0.0))
        written = self._generator.write(prompts, cancelled=cancelled, finished=finished)
        return given | {
            job.id: self._told(samples) if job.present is None else _changed(job.present, samples)
            for job, samples in zip(jobs, written, strict=True)
        }

    def _told(self, samples: Sequence[Sample]) -> list[Sample]:
        """Answers in the form that people read; what nobody can read stays as it is."""
        if self._dialect is not Dialect.SPEC:
            return list(samples)
        return [replace(sample, text=_as_people_read(sample.text)) for sample in samples]

    def encode(self, scenes: Sequence[Scene]) -> tuple[str, NDArray[np.float32]]:
        """The encoder's version and the latents float32[N, D] of N Scenes."""
        images = [draw(scene, scale=SCORING_SCALE) for scene in scenes]
        return self.versions.autoencoder, with_looks(self._autoencoder.encode(images), scenes)

    def score(self, scenes: Sequence[Scene]) -> NDArray[np.float32]:
        """The readability, 0–5, of N Scenes: float32[N]."""
        return self._readability.score([draw(scene, scale=SCORING_SCALE) for scene in scenes])

    def _candidates(
        self, samples: Sequence[Sample], dialect: Dialect, style: Sequence[StrEnum]
    ) -> tuple[Candidate, ...]:
        drawn: list[tuple[Sample, Spec, Scene]] = []
        for sample in samples:
            try:
                if style and dialect is Dialect.SPEC:
                    spec = in_style(parse_spec(sample.text), style)
                    sample = replace(sample, text=write_spec(spec))
                drawn.append((sample, *read_diagram(sample.text, dialect)))
            except (SpecError, LayoutError) as error:
                log.info("a text was dropped: %s", type(error).__name__)
        if not drawn:
            return ()
        images = [draw(scene) for _, _, scene in drawn]
        readability = self._readability.score(images)
        latents = with_looks(self._autoencoder.encode(images), [scene for _, _, scene in drawn])
        return tuple(
            Candidate(
                text=sample.text,
                spec=spec,
                scene=scene,
                png=encode_png(image),
                readability=float(score),
                latent=latent,
                violations=violations(scene),
                finished=sample.finished,
                copied=sample.copied,
            )
            for (sample, spec, scene), image, score, latent in zip(
                drawn, images, readability, latents, strict=True
            )
        )


def _as_people_read(answer: str) -> str:
    try:
        return write_spec(parse_spec(answer))
    except SpecError:
        return answer


def _changed(present: str, samples: Sequence[Sample]) -> list[Sample]:
    """The diagram after the first changes that can be made and change something, if any can."""
    before = parse_spec(present)
    for sample in samples:
        try:
            after = apply_changes(before, sample.text)
        except SpecError as error:  # its words quote labels and the wish
            log.info("changes were dropped: %s", type(error).__name__)
            continue
        if after != before:
            return [replace(sample, text=write_spec(after))]
    return []


def load_generator(config: ModelConfig) -> Generator:
    """The language model alone.

    Raises:
        ModelError: it is missing, damaged or does not fit.
    """
    return _language(config, Registry(root=config.versions))[0]


def _language(config: ModelConfig, registry: Registry) -> tuple[Generator, Dialect, str]:
    """The language model that the config asks for, its dialect and its name."""
    if config.server is not None:
        if config.adapter is not None:
            raise ModelError(
                "LLM_ADAPTER is for models that run here: the server of LLM_BASE_URL has adapters "
                "of its own, which LLM_MODEL names"
            )
        dialect = config.dialect or Dialect.SPEC
        remote = RemoteGenerator(config.server, model=config.model, dialect=dialect)
        return remote, dialect, config.model
    serving = registry.serving(ModelKind.LANGUAGE)
    adapter, stated = config.adapter, None
    name = f"{config.model}+{config.adapter}" if config.adapter else config.model
    if adapter is None and serving.manifest.config.get("base") == config.model:
        adapter, name = str(serving.folder), serving.name
        stated = Dialect(serving.manifest.config.get("dialect", Dialect.SPEC))
    dialect = config.dialect or stated or Dialect.SPEC
    loaded = load_for_generation(config.model, adapter, cache=config.cache, device=config.device)
    return LocalGenerator(loaded, grammar=grammar_of(dialect)), dialect, name

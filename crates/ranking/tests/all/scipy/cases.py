"""Writes cases.json: random bodies and trials with what NumPy and SciPy make of them.

    pip install numpy scipy && python3 cases.py

Every formula is written here a second time, from the product's definition, not from the Rust code.
"""

import json
import pathlib
import random

import numpy as np
from scipy.stats import beta

MEASURES = ["low-deprivation", "high-deprivation", "density", "population"]
OUTCOMES = ["worked", "partly", "no-effect", "worse", "stopped", "too-early"]
SUCCESS = {"worked": 1.0, "partly": 0.5, "no-effect": 0.0, "worse": 0.0}
CASES = 240


def bodies(rng):
    made = []
    for kind in range(rng.randint(1, 3)):
        for number in range(rng.choice([1, 3, 5, 8, 14, 25])):
            figures = {
                "low-deprivation": rng.random(),
                "high-deprivation": rng.random(),
                "density": 10 ** rng.uniform(0.5, 4),
                "population": float(int(10 ** rng.uniform(3.5, 6.2))),
            }
            if rng.random() < 0.06:
                del figures[rng.choice(MEASURES)]
            made.append({"id": f"b{kind}-{number:02}", "kind": f"k{kind}", "figures": figures})
    return made


def compared(body):
    if any(name not in body["figures"] for name in MEASURES):
        return None
    f = body["figures"]
    return [f["low-deprivation"], f["high-deprivation"], np.log(f["density"]), np.log(f["population"])]


def distances(made, kind):
    """Ids of the kind with all figures, and the matrix of their distances; h."""
    members = [body for body in made if body["kind"] == kind]
    whole = [body for body in members if compared(body) is not None]
    if len(members) < 5 or len(whole) < 2:
        return [], np.zeros((0, 0)), None
    x = np.array([compared(body) for body in whole])
    z = (x - x.mean(axis=0)) / x.std(axis=0)
    d = np.sqrt(((z[:, None, :] - z[None, :, :]) ** 2).sum(axis=2))
    nearest = [np.sort(np.delete(d[i], i))[:10] for i in range(len(whole))]
    return [body["id"] for body in whole], d, float(np.median(np.concatenate(nearest)))


def case(seed):
    rng = random.Random(seed)
    made = bodies(rng)
    reader = rng.choice(made) if rng.random() < 0.85 else None
    weights = {body["id"]: (1.0 if reader is None else 0.2) for body in made}
    peers, h = None, None
    if reader is not None:
        ids, d, h = distances(made, reader["kind"])
        if reader["id"] in ids:
            row = d[ids.index(reader["id"])]
            for other, distance in zip(ids, row):
                weights[other] = float(np.exp(-distance / h))
            order = sorted((distance, other) for other, distance in zip(ids, row) if other != reader["id"])
            peers = [[other, float(distance)] for distance, other in order[:10]]
        weights[reader["id"]] = 1.0
    trials, ranked = [], []
    for solution in range(rng.randint(1, 7)):
        per_body = {}
        for _ in range(rng.choice([0, 1, 2, 4, 9, 30, 120])):
            body, outcome = rng.choice(made)["id"], rng.choices(OUTCOMES, [5, 2, 2, 1, 1, 1])[0]
            trials.append([solution, body, outcome])
            if outcome in SUCCESS:
                per_body.setdefault(body, []).append(SUCCESS[outcome])
        a = 1 + sum(weights[body] * np.mean(ys) for body, ys in per_body.items())
        b = 1 + sum(weights[body] * (1 - np.mean(ys)) for body, ys in per_body.items())
        ranked.append({"solution": solution, "a": float(a), "b": float(b), "lower": float(beta.ppf(0.1, a, b))})
    rng.shuffle(trials)
    return {
        "bodies": made,
        "reader": reader and reader["id"],
        "h": h,
        "peers": peers,
        "weights": weights,
        "trials": trials,
        "ranked": ranked,
    }


def quantiles(seed):
    rng = random.Random(seed)
    pairs = [(1 + 10 ** rng.uniform(-3, 3), 1 + 10 ** rng.uniform(-3, 3)) for _ in range(300)]
    return [[a, b, float(beta.ppf(0.1, a, b))] for a, b in pairs]


if __name__ == "__main__":
    out = {"quantiles": quantiles(2009), "cases": [case(seed) for seed in range(CASES)]}
    path = pathlib.Path(__file__).with_name("cases.json")
    path.write_text(json.dumps(out, separators=(",", ":")) + "\n")

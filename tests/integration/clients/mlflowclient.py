"""Reads the registry at MLFLOW_TRACKING_URI with MLflow's own client and prints what it saw as JSON.

What the server filters and orders is compared here with what the client filters itself from all runs; every
disagreement is a sentence in "wrong".
"""
import json
import math
import sys

import mlflow
from mlflow import MlflowClient
from mlflow.entities import ViewType
from mlflow.exceptions import MlflowException

client = MlflowClient()
major = int(mlflow.__version__.split(".")[0])
wrong = []


def paged(search, size, **arguments):
    """All items, page after page; a page that is longer than asked for is wrong."""
    found, token = [], None
    while True:
        page = search(max_results=size, page_token=token, **arguments)
        if len(page) > size:
            wrong.append(f"{search.__name__} gave {len(page)} items instead of {size}")
        found += page
        token = page.token
        if not token:
            return found


def refusal(call, *arguments):
    try:
        call(*arguments)
    except MlflowException as error:
        return error.error_code
    return "no refusal"


experiments = paged(client.search_experiments, 3, view_type=ViewType.ALL)
ids = [experiment.experiment_id for experiment in experiments]
runs = paged(client.search_runs, 50, experiment_ids=ids, run_view_type=ViewType.ALL)
models = paged(client.search_registered_models, 4)
versions = paged(client.search_model_versions, 7)


def found_ids(expression, order=None):
    found = paged(client.search_runs, 40, experiment_ids=ids, filter_string=expression, run_view_type=ViewType.ALL,
                  order_by=order or [])
    return [run.info.run_id for run in found]


def check(expression, holds):
    """The server's filter finds what the client finds in the whole list."""
    wanted = {run.info.run_id for run in runs if holds(run)}
    got = found_ids(expression)
    if len(set(got)) != len(got) or set(got) != wanted:
        wrong.append(f"{expression}: {len(got)} runs instead of {len(wanted)}")
    return len(wanted)


def dataset_names(run):
    return [dataset.dataset.name for dataset in run.inputs.dataset_inputs] if run.inputs else []


sample = next(run for run in runs if run.data.tags.get("lakefs_commit") and dataset_names(run))
commit = sample.data.tags["lakefs_commit"]
median = sorted((run for run in runs if run.info.end_time), key=lambda run: run.info.start_time)[len(runs) // 2]
middle = (median.info.start_time + median.info.end_time) // 2  # in the midst of a run
matched = [
    check("", lambda run: True),
    check("attributes.status = 'FAILED'", lambda run: run.info.status == "FAILED"),
    check("status != 'FINISHED'", lambda run: run.info.status != "FINISHED"),
    check("metrics.loss < 0.5", lambda run: run.data.metrics.get("loss", math.nan) < 0.5),
    check("metrics.auc >= 0.9 AND params.epochs = '3'",
          lambda run: run.data.metrics.get("auc", 0) >= 0.9 and run.data.params.get("epochs") == "3"),
    check("params.learning_rate LIKE '0.___3%'", lambda run: run.data.params["learning_rate"].startswith("0.0003")),
    check(f"tags.lakefs_commit = '{commit}'", lambda run: run.data.tags.get("lakefs_commit") == commit),
    check("tags.`mlflow.user` ILIKE 'M.%'", lambda run: run.data.tags["mlflow.user"].startswith("m.")),
    check("run_name LIKE '%sweep%'", lambda run: "sweep" in run.info.run_name),
    check(f"attributes.start_time >= {middle}", lambda run: run.info.start_time >= middle),
    check(f"attributes.start_time < {middle} AND attributes.end_time >= {middle}",
          lambda run: run.info.start_time < middle and (run.info.end_time or 0) >= middle),
    check(f"dataset.name = '{dataset_names(sample)[0]}'",
          lambda run: dataset_names(sample)[0] in dataset_names(run)),
    check(f"attributes.run_id IN ('{sample.info.run_id}', '{runs[0].info.run_id}')",
          lambda run: run.info.run_id in (sample.info.run_id, runs[0].info.run_id)),
]

for key, value in [("attributes.start_time", lambda run: run.info.start_time),
                   ("metrics.loss", lambda run: run.data.metrics.get("loss")),
                   ("params.batch_size", lambda run: run.data.params.get("batch_size")),
                   ("attributes.run_name", lambda run: run.info.run_name)]:
    by_id = {run.info.run_id: run for run in runs}
    for direction, reverse in [("ASC", False), ("DESC", True)]:
        got = [value(by_id[run]) for run in found_ids("", [f"{key} {direction}"])]
        known = [item for item in got if item is not None and not (isinstance(item, float) and math.isnan(item))]
        if known != sorted(known, reverse=reverse) or got[:len(known)] != known:
            wrong.append(f"order_by {key} {direction}")

traces = {}
for version in versions:
    run = client.get_run(version.run_id)
    trace = {"run": run.info.run_id, "run_name": run.info.run_name,
             "run_deleted": run.info.lifecycle_stage == "deleted", "tag": run.data.tags.get("lakefs_commit"),
             "alone": client.get_model_version(version.name, version.version).run_id}
    inputs = run.inputs.dataset_inputs if run.inputs else []
    if inputs:
        trace["dataset"] = {"name": inputs[0].dataset.name, "digest": inputs[0].dataset.digest}
        trace["source"] = inputs[0].dataset.source
        trace["context"] = {tag.key: tag.value for tag in inputs[0].tags}
    traces[f"{version.name}@{version.version}"] = trace

aliases = {}
for model in models:
    for alias, number in model.aliases.items():
        by_alias = client.get_model_version_by_alias(model.name, alias)
        aliases.setdefault(model.name, {})[alias] = int(by_alias.version)
        if str(by_alias.version) != str(number) or alias not in by_alias.aliases:
            wrong.append(f"alias {alias} of {model.name}")

history = client.get_metric_history(next(run.info.run_id for run in runs if "auc" in run.data.metrics), "loss")
failed = next(run for run in runs if run.info.status == "FAILED")
seen = {
    "client": mlflow.__version__,
    "experiments": len(experiments),
    "names": sorted(experiment.name for experiment in experiments),
    "by_name": client.get_experiment_by_name(experiments[0].name).experiment_id == experiments[0].experiment_id,
    "runs": len({run.info.run_id for run in runs}),
    "runs_by_status": {},
    "deleted_runs": len(found_ids("")) - len(paged(client.search_runs, 100, experiment_ids=ids)),
    "models": len({model.name for model in models}),
    "versions": len({(version.name, version.version) for version in versions}),
    "versions_by_model": sum(len(paged(client.search_model_versions, 2, filter_string=f"name = '{model.name}'"))
                             for model in models),
    "traces": traces,
    "aliases": aliases,
    "matched": matched,
    "history": [point.value for point in history],
    "failed_loss": str(failed.data.metrics["loss"]),
    "failed_gradient": failed.data.metrics["grad_norm"],
    "refusals": {
        "run": refusal(client.get_run, "0" * 32),
        "filter": refusal(client.search_runs, ids, "nonsense ="),
        "alias": refusal(client.get_model_version_by_alias, models[0].name, "nope"),
        "model": refusal(client.get_registered_model, "nope"),
        "version": refusal(client.get_model_version, models[0].name, "999"),
        "experiment": refusal(client.get_experiment, "424242"),
    },
    "wrong": wrong,
}
for run in runs:
    seen["runs_by_status"][run.info.status] = seen["runs_by_status"].get(run.info.status, 0) + 1
if major >= 3:
    logged = paged(client.search_logged_models, 20, experiment_ids=ids)
    seen["logged_models"] = len({model.model_id for model in logged})
    for model in logged:
        alone = client.get_logged_model(model.model_id)
        made = client.get_run(alone.source_run_id).outputs.model_outputs
        if [output.model_id for output in made] != [model.model_id]:
            wrong.append(f"outputs of the run of {model.model_id}")
    by_name = paged(client.search_logged_models, 5, experiment_ids=ids, filter_string=f"name = '{models[0].name}'")
    if {model.name for model in by_name} != {models[0].name}:
        wrong.append("logged models by name")
json.dump(seen, sys.stdout)

"""Parquet as pyarrow writes and reads it:   parquetfiles.py write FOLDER | tell FILE …"""
import datetime
import decimal
import json
import os
import sys

import pyarrow as pa
import pyarrow.parquet as pq

UTC = datetime.timezone.utc


def table(rows):
    some = lambda make, without: pa.array([None if without and i % without == 0 else make(i) for i in range(rows)])
    day = datetime.date(2026, 10, 1)
    noon = datetime.datetime(2026, 10, 1, 12, tzinfo=UTC)
    return pa.table({
        "claim_id": some(lambda i: i + 1, 0),
        "partner": some(lambda i: i % 17, 4).cast(pa.uint8()),
        "amount": some(lambda i: decimal.Decimal(i * 25 - 5000) / 100, 7).cast(pa.decimal128(12, 2)),
        "name": some(lambda i: "Zoë %04d" % i, 3),
        "day": some(lambda i: day + datetime.timedelta(days=i % 31), 0),
        "at": some(lambda i: noon + datetime.timedelta(seconds=i), 5).cast(pa.timestamp("us", "UTC")),
        "score": some(lambda i: i / 8 - 10, 2),
        "ok": some(lambda i: i % 2 == 0, 0),
        "gone": pa.array([None] * rows, pa.string()),
        "tags": some(lambda i: ["a", "b"], 2),
        "who": some(lambda i: {"city": "Köln", "zip": i}, 0),
    })


def write(folder):
    pq.write_table(table(2000), os.path.join(folder, "zstd.parquet"), compression="zstd", row_group_size=700)
    pq.write_table(table(50), os.path.join(folder, "snappy.parquet"), compression="snappy", version="1.0")
    pq.write_table(table(50), os.path.join(folder, "plain.parquet"), compression="none", write_statistics=False)
    pq.write_table(table(0), os.path.join(folder, "norows.parquet"))
    pq.write_table(table(300), os.path.join(folder, "some.parquet"), write_statistics=["claim_id", "name"],
                   row_group_size=100)
    wide = pa.table({"c%04d" % i: pa.array(range(20)) for i in range(1500)})  # a footer above 64 KB
    pq.write_table(wide, os.path.join(folder, "wide.parquet"), compression="gzip")


def typeOf(column):
    logical = json.loads(column.logical_type.to_json())
    kind = logical["Type"]
    if kind == "None":
        return {"BYTE_ARRAY": "binary"}.get(column.physical_type, column.physical_type.lower())
    if kind == "Decimal":
        return "decimal(%d,%d)" % (column.precision, column.scale)
    if kind == "Int":
        return ("int" if logical["isSigned"] else "uint") + str(logical["bitWidth"])
    if kind == "Timestamp":
        unit = {"milliseconds": "ms", "microseconds": "µs", "nanoseconds": "ns"}[logical["timeUnit"]]
        return "timestamp " + unit + ("" if logical["isAdjustedToUTC"] else " local")
    return kind.lower()


def written(value):
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, float):
        return "%g" % value
    if isinstance(value, datetime.datetime):
        return value.strftime("%Y-%m-%d %H:%M:%S")
    return str(value)


def tell(path):
    file = pq.ParquetFile(path)
    metadata = file.metadata
    groups = [metadata.row_group(i) for i in range(metadata.num_row_groups)]
    fields = []
    for i in range(metadata.num_columns):
        column = metadata.schema.column(i)
        chunks = [group.column(i) for group in groups]
        nulls = [c.statistics.null_count if c.statistics and c.statistics.has_null_count else None for c in chunks]
        field = {"path": column.path, "type": typeOf(column), "nulls": None if None in nulls else sum(nulls),
                 "values": sum(c.num_values for c in chunks), "least": None, "greatest": None}
        if column.max_repetition_level:
            field["type"] = "list<%s>" % field["type"]
        told = [c.statistics for c in chunks if not (c.statistics and c.statistics.null_count == c.num_values)]
        if told and all(s and s.has_min_max for s in told):
            field["least"] = written(min(s.min for s in told))
            field["greatest"] = written(max(s.max for s in told))
        fields.append(field)
    codecs = sorted({group.column(i).compression.lower() for group in groups for i in range(metadata.num_columns)})
    return {"rows": metadata.num_rows, "row_groups": metadata.num_row_groups, "created_by": metadata.created_by,
            "codec": ", ".join(codecs), "fields": fields}


if sys.argv[1] == "write":
    write(sys.argv[2])
else:
    print(json.dumps([tell(path) for path in sys.argv[2:]]))

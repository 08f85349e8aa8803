#include "app/andonctl/previewoutput.h"

#include "models/tablefields.h"
#include "text/linepairs.h"
#include "text/plain.h"
#include "text/units.h"

namespace andon::ctl
{

namespace
{

using factory::ObjectPreview;
using factory::TableField;

template <typename T> Json orNull(const std::optional<T> &value)
{
    return value ? Json(*value) : Json();
}

Json fieldJson(const TableField &field)
{
    return {{"name", field.name},
            {"type", field.type},
            {"values", orNull(field.count)},
            {"nulls", orNull(field.empty)},
            {"distinct", orNull(field.distinct)},
            {"least", field.least.empty() ? Json() : Json(field.least)},
            {"greatest", field.greatest.empty() ? Json() : Json(field.greatest)}};
}

Json footerJson(const ObjectPreview &preview)
{
    const versions::ParquetFooter &footer = *preview.footer;
    Json fields = Json::array();
    for (std::size_t i = 0; i < footer.fields.size(); ++i) {
        Json field = fieldJson(preview.fields[i]);
        field["codec"] = footer.fields[i].codec;
        field["compressed_bytes"] = orNull(footer.fields[i].compressed);
        field["uncompressed_bytes"] = orNull(footer.fields[i].uncompressed);
        field["encrypted"] = footer.fields[i].encrypted;
        fields.push_back(std::move(field));
    }
    return {{"rows", footer.rows},
            {"row_groups", footer.rowGroups},
            {"codec", footer.codec},
            {"created_by", footer.createdBy},
            {"compressed_bytes", orNull(footer.compressed)},
            {"uncompressed_bytes", orNull(footer.uncompressed)},
            {"metadata_names", footer.metadata},
            {"fields", std::move(fields)}};
}

const char *kindWord(ObjectPreview::Kind kind)
{
    static constexpr const char *kWords[] = {"nothing", "text", "json", "table", "picture"};
    return kWords[static_cast<int>(kind)];
}

std::string factsOf(const ObjectPreview &preview)
{
    QStringList facts{text::bytes(preview.entry.sizeBytes)};
    if (preview.kind == ObjectPreview::Kind::Table)
        facts += models::tableFacts(preview);
    if (preview.unreadable)
        facts << models::unreadableWords(*preview.unreadable);
    return facts.join(QStringLiteral(" · ")).toStdString();
}

std::vector<std::string> cells(const TableField *field)
{
    if (!field)
        return {"", "", "", ""};
    return {text::visible(field->name).toStdString(), text::visible(field->type).toStdString(),
            models::emptyWords(*field).toStdString(), models::valuesWords(*field).toStdString()};
}

const TableField *fieldAt(const ObjectPreview &preview, int at)
{
    return at < 0 ? nullptr : &preview.fields[static_cast<std::size_t>(at)];
}

const ObjectPreview &orNone(const ObjectPreview *preview)
{
    static const ObjectPreview none;
    return preview ? *preview : none;
}

std::string fieldsText(const ObjectPreview &left, const ObjectPreview &right)
{
    Table table({"", "Field", "Type A", "Nulls A", "Values A", "Type B", "Nulls B", "Values B"},
                {Align::Left, Align::Left, Align::Left, Align::Right, Align::Left, Align::Left, Align::Right});
    for (const models::FieldPair &pair : models::fieldPairs(left.fields, right.fields)) {
        const auto a = cells(fieldAt(left, pair.left));
        const auto b = cells(fieldAt(right, pair.right));
        const char *sign = pair.left < 0 ? "+" : pair.right < 0 ? "-" : pair.differs() ? "~" : "";
        table.row({sign, pair.left < 0 ? b[0] : a[0], a[1], a[2], a[3], b[1], b[2], b[3]});
    }
    return table.text();
}

/// What differs, in runs: the lines that went, then those that came, each with its number on its side.
std::string linesText(const ObjectPreview &left, const ObjectPreview &right)
{
    Table table({"", "Line A", "Line B", "Text"}, {Align::Left, Align::Right, Align::Right});
    std::vector<std::vector<std::string>> came;
    const auto flush = [&] {
        for (std::vector<std::string> &row : came)
            table.row(std::move(row));
        came.clear();
    };
    const auto line = [](const ObjectPreview &side, int at) { return side.lines[static_cast<std::size_t>(at)]; };
    bool differs = false;
    for (const auto &[i, j] : text::linePairs(left.lines, right.lines)) {
        if (i >= 0 && j >= 0 && line(left, i) == line(right, j)) {
            flush();
            continue;
        }
        differs = true;
        if (i >= 0)
            table.row({"−", std::to_string(i + 1), "", line(left, i)});
        if (j >= 0)
            came.push_back({"+", "", std::to_string(j + 1), line(right, j)});
    }
    flush();
    std::string text = differs ? table.text() : std::string();
    for (const auto &[letter, side] : {std::pair("A", &left), {"B", &right}})
        if (!side->whole || side->moreLines > 0)
            text += std::string("Of ") + letter + " only the first " + std::to_string(side->lines.size())
                + " lines were compared.\n";
    return text;
}

} // namespace

Json previewJson(const ObjectPreview &preview)
{
    Json all{{"kind", kindWord(preview.kind)},
             {"size_bytes", orNull(preview.entry.sizeBytes)},
             {"read_bytes", preview.read},
             {"checksum", preview.entry.checksum}};
    if (preview.unreadable)
        all["unreadable"] = {{"reason", preview.unreadable->hint}, {"detail", preview.unreadable->detail}};
    if (preview.footer) {
        all.update(footerJson(preview));
    } else if (preview.kind == ObjectPreview::Kind::Table) {
        all["rows"] = preview.rows;
        all["whole"] = preview.whole;
        all["fields"] = Json::array();
        for (const TableField &field : preview.fields)
            all["fields"].push_back(fieldJson(field));
    } else if (!preview.lines.empty()) {
        all["whole"] = preview.whole && preview.moreLines == 0;
        all["lines"] = preview.lines;
    }
    return all;
}

std::string previewText(const ObjectPreview &preview)
{
    std::string text = factsOf(preview) + "\n";
    if (preview.kind == ObjectPreview::Kind::Table) {
        Table table({"Field", "Type", "Nulls", "Values"}, {Align::Left, Align::Left, Align::Right});
        for (const TableField &field : preview.fields)
            table.row(cells(&field));
        return text + "\n" + table.text();
    }
    for (const std::string &line : preview.lines)
        text += text::visible(line).toStdString() + "\n";
    return text;
}

Json pairJson(const ObjectPreview *left, const ObjectPreview *right)
{
    Json fields = Json::array();
    for (const models::FieldPair &pair : models::fieldPairs(orNone(left).fields, orNone(right).fields)) {
        Json differs = Json::array();
        for (const auto &[name, is] : {std::pair("type", pair.type), {"nulls", pair.empty}, {"values", pair.values}})
            if (is)
                differs.push_back(name);
        const char *change = pair.left < 0 ? "added" : pair.right < 0 ? "removed" : pair.differs() ? "changed" : "same";
        const TableField *named = pair.left < 0 ? fieldAt(*right, pair.right) : fieldAt(*left, pair.left);
        fields.push_back({{"name", named->name}, {"change", change}, {"differs", std::move(differs)}});
    }
    return {{"left", left ? previewJson(*left) : Json()},
            {"right", right ? previewJson(*right) : Json()},
            {"fields", std::move(fields)}};
}

std::string pairText(const NamedPreview &left, const NamedPreview &right)
{
    std::string text;
    for (const auto &[letter, side] : {std::pair("A  ", &left), {"B  ", &right}})
        text += letter + side->name + " · " + (side->preview ? factsOf(*side->preview) : "not on this side") + "\n";
    const ObjectPreview &a = orNone(left.preview);
    const ObjectPreview &b = orNone(right.preview);
    if (!a.lines.empty() || !b.lines.empty())
        text += "\n" + linesText(a, b);
    if (!a.fields.empty() || !b.fields.empty())
        text += "\n" + fieldsText(a, b);
    return text;
}

} // namespace andon::ctl

#include "reports/kpireport.h"

#include "text/errortext.h"
#include "text/kpitext.h"
#include "text/plain.h"
#include "text/times.h"

#include <QCoreApplication>
#include <QPdfWriter>

#include <algorithm>

namespace andon::reports
{

namespace
{

using economics::Kpi;

const QColor kInk(0x1B, 0x1F, 0x24);
const QColor kSecond(0x43, 0x4A, 0x54);
const QColor kMuted(0x5D, 0x65, 0x70);
const QColor kLine(0xC6, 0xCC, 0xD4);
const QColor kBand(0xF6, 0xF7, 0xF9);
const QColor kBar(0x0B, 0x62, 0xC1);
const QColor kBad(0xB5, 0x47, 0x08);
constexpr double kMargin = 42;

QString tr(const char *source)
{
    return QCoreApplication::translate("Report", source);
}

/// Writes downwards; knows the page's width.
class Sheet
{
public:
    explicit Sheet(QPainter &painter)
        : m_painter(painter)
    {
    }
    double y = kMargin;

    void text(double x, double width, const QString &words, double size, const QColor &colour, bool strong = false,
              int align = Qt::AlignLeft)
    {
        QFont font(QStringLiteral("Noto Sans"));
        font.setPixelSize(100); // painted large and scaled: the same metrics on screen and on paper
        if (strong)
            font.setWeight(QFont::DemiBold);
        m_painter.save();
        m_painter.setFont(font);
        m_painter.setPen(colour);
        m_painter.translate(x, y);
        const double scale = size / 100;
        m_painter.scale(scale, scale);
        const QRectF area(0, 0, width / scale, size * 1.5 / scale);
        m_painter.drawText(area, align | Qt::AlignVCenter | Qt::TextSingleLine,
                           m_painter.fontMetrics().elidedText(words, Qt::ElideRight, static_cast<int>(area.width())));
        m_painter.restore();
    }
    void rule(const QColor &colour = kLine)
    {
        m_painter.setPen(QPen(colour, 0.6));
        m_painter.drawLine(QPointF(kMargin, y), QPointF(kPageWidth - kMargin, y));
    }
    void heading(const QString &words)
    {
        y += 16;
        text(kMargin, kPageWidth - 2 * kMargin, words, 11, kInk, true);
        y += 18;
        rule();
        y += 4;
    }
    void box(double x, double top, double width, double height, const QColor &fill)
    {
        m_painter.fillRect(QRectF(x, top, width, height), fill);
    }

private:
    QPainter &m_painter;
};

struct Column {
    QString title;
    double width;
    bool right = true;
};

void tableHead(Sheet &sheet, const std::vector<Column> &columns)
{
    sheet.box(kMargin, sheet.y, kPageWidth - 2 * kMargin, 15, kBand);
    double x = kMargin + 4;
    for (const Column &column : columns) {
        sheet.text(x, column.width - 8, column.title, 7.5, kMuted, false,
                   column.right ? Qt::AlignRight : Qt::AlignLeft);
        x += column.width;
    }
    sheet.y += 17;
}

void tableRow(Sheet &sheet, const std::vector<Column> &columns, const std::vector<QString> &cells, bool strong,
              const QColor &first = kInk)
{
    double x = kMargin + 4;
    for (std::size_t i = 0; i < columns.size() && i < cells.size(); ++i) {
        sheet.text(x, columns[i].width - 8, cells[i], 8.5,
                   i == 0       ? first
                       : strong ? kInk
                                : kSecond,
                   strong || i == 0, columns[i].right ? Qt::AlignRight : Qt::AlignLeft);
        x += columns[i].width;
    }
    sheet.y += 15;
    sheet.rule(QColor(0xE3, 0xE6, 0xEA));
}

/// One sentence that says what matters most.
QString summary(const economics::KpiReport &report)
{
    const auto &totals = report.totals;
    QString text = tr("A million tokens cost %1 and earned %2: gross margin %3.")
                       .arg(text::kpiValue(totals.costPerMtok), text::kpiValue(totals.revenuePerMtok),
                            text::kpiValue(totals.grossMargin));
    for (const economics::KpiRow &row : report.models)
        if (row.losesMoney) {
            text += u' ' + tr("%1 loses money (%2).").arg(text::visible(row.model.value), text::kpiValue(row.margin));
            break;
        }
    if (report.tax.total.value)
        text += u' ' + tr("GPUs that did not compute cost %1.").arg(text::kpiValue(report.tax.total));
    return text;
}

void header(Sheet &sheet, const KpiDocument &document)
{
    sheet.text(kMargin, 300, tr("KPI report"), 20, kInk, true);
    sheet.text(kMargin + 250, kPageWidth - 2 * kMargin - 250, text::visible(document.site), 12, kSecond, true,
               Qt::AlignRight);
    sheet.y += 32;
    sheet.text(kMargin, kPageWidth - 2 * kMargin,
               tr("Closed window %1 to %2 · %3 · cost by allocation")
                   .arg(text::dateTime(document.report.window.from), text::dateTime(document.report.window.to),
                        text::visible(document.report.currency.code)),
               9, kMuted);
    sheet.y += 18;
    sheet.rule(kInk);
    sheet.y += 8;
}

void footer(Sheet &sheet, const KpiDocument &document, int page, int pages)
{
    sheet.y = kPageHeight - 40;
    sheet.rule();
    sheet.y += 4;
    const QString state =
        document.freshness.state == core::FreshnessState::Live ? tr("from live answers") : tr("from cached answers");
    sheet.text(kMargin, 400,
               tr("As of %1, %2 · made %3 · andon %4")
                   .arg(text::dateTime(document.freshness.at), state, text::dateTime(document.made),
                        QStringLiteral(ANDON_VERSION)),
               7.5, kMuted);
    sheet.text(kPageWidth - kMargin - 80, 80, tr("Page %1 of %2").arg(page + 1).arg(pages), 7.5, kMuted, false,
               Qt::AlignRight);
}

void figures(Sheet &sheet, const KpiDocument &document)
{
    const auto &r = document.report;
    const std::pair<QString, const Kpi *> all[] = {{tr("Cost per 1 M tokens"), &r.totals.costPerMtok},
                                                   {tr("Revenue per 1 M tokens"), &r.totals.revenuePerMtok},
                                                   {tr("Gross margin"), &r.totals.grossMargin},
                                                   {tr("GPU utilisation"), &r.totals.utilisation},
                                                   {tr("Time to monetization"), &r.timeToMonetization}};
    const double width = (kPageWidth - 2 * kMargin) / 5;
    const double top = sheet.y;
    for (int i = 0; i < 5; ++i) {
        const auto &[title, kpi] = all[i];
        const double x = kMargin + width * i;
        sheet.box(x, top, width - 6, 54, kBand);
        sheet.y = top + 5;
        sheet.text(x + 6, width - 16, title, 7.5, kMuted);
        sheet.y = top + 17;
        sheet.text(x + 6, width - 16, text::kpiValue(*kpi), 15, kInk, true);
        sheet.y = top + 38;
        QString note = kpi->value ? QString() : text::kpiMissing(*kpi);
        if (kpi->value && kpi->target)
            note = tr("target %1").arg(text::kpiValue(Kpi{.unit = kpi->unit, .value = kpi->target}));
        sheet.text(x + 6, width - 16, note, 7.5, kMuted);
    }
    sheet.y = top + 58;
}

void modelsTable(Sheet &sheet, const KpiDocument &document)
{
    sheet.heading(tr("Margin by model"));
    const std::vector<Column> columns = {{tr("Model"), 111, false}, {tr("Tokens"), 54}, {tr("Cost / 1 M"), 60},
                                         {tr("Revenue / 1 M"), 66}, {tr("Cost"), 64},   {tr("Revenue"), 64},
                                         {tr("Margin"), 62},        {tr("%"), 30}};
    tableHead(sheet, columns);
    const auto row = [&](const economics::KpiRow &r, const QString &name, bool strong) {
        const auto tokens = r.inputTokens && r.outputTokens
            ? text::compact(static_cast<double>(*r.inputTokens + *r.outputTokens))
            : QStringLiteral("—");
        const double *margin = r.grossMargin.number();
        tableRow(sheet, columns,
                 {name, tokens, text::kpiValue(r.costPerMtok), text::kpiValue(r.revenuePerMtok), text::kpiValue(r.cost),
                  text::kpiValue(r.revenue), text::kpiValue(r.margin),
                  margin ? text::number(*margin * 100, 0) : QStringLiteral("—")},
                 strong, r.losesMoney ? kBad : kInk);
    };
    for (const economics::KpiRow &r : document.report.models)
        row(r, text::visible(r.model.value + (r.version.empty() ? "" : "@" + r.version.value)), false);
    row(document.report.totals, tr("All models"), true);
}

void taxTable(Sheet &sheet, const KpiDocument &document)
{
    const auto &tax = document.report.tax;
    sheet.heading(tr("Where the GPU-hours went"));
    const std::vector<Column> columns = {
        {tr("Class"), 90, false}, {tr("GPU-hours"), 70}, {tr("Share"), 260, false}, {tr("Cost"), 91}};
    tableHead(sheet, columns);
    for (const economics::TaxClass &part : tax.classes) {
        const double share = tax.quotaMicroHours > 0
            ? static_cast<double>(part.microHours) / static_cast<double>(tax.quotaMicroHours)
            : 0;
        sheet.box(kMargin + 168, sheet.y + 4, 180 * share, 7, part.key == "busy" ? kBar : kBad);
        tableRow(sheet, columns,
                 {text::visible(part.key), text::number(static_cast<double>(part.microHours) / 1e6, 1),
                  QStringLiteral("                                                                        ")
                      + text::number(share * 100, 1) + QStringLiteral(" %"),
                  text::kpiValue(part.cost)},
                 false);
    }
    tableRow(sheet, columns, {tr("Not computing"), {}, {}, text::kpiValue(tax.total)}, true);
}

void provenance(Sheet &sheet, const KpiDocument &document)
{
    sheet.heading(tr("Definitions"));
    for (const Kpi *kpi : {&document.report.totals.costPerMtok, &document.report.totals.revenuePerMtok,
                           &document.report.totals.grossMargin, &document.report.totals.utilisation,
                           &document.report.timeToMonetization}) {
        sheet.text(kMargin, 150, text::kpiTitle(kpi->key), 8.5, kInk, true);
        sheet.text(kMargin + 155, kPageWidth - 2 * kMargin - 155, text::kpiFormula(kpi->formula), 8.5, kSecond);
        sheet.y += 14;
    }
    sheet.heading(tr("Where the numbers come from"));
    for (const SourceLine &source : document.sources) {
        sheet.text(kMargin, 150, text::visible(source.product.empty() ? source.kind : source.product), 8.5, kInk, true);
        sheet.text(kMargin + 155, kPageWidth - 2 * kMargin - 155, text::freshnessLine(source.freshness, document.made),
                   8.5, kSecond);
        sheet.y += 14;
    }
    sheet.y += 6;
    std::vector<std::string> seen;
    for (const economics::KpiRow &row : document.report.models)
        for (const economics::KpiInput &input : row.costPerMtok.inputs)
            for (const core::Evidence &e : input.evidence) {
                if (std::find(seen.begin(), seen.end(), e.sha256) != seen.end() || sheet.y > kPageHeight - 70)
                    continue;
                seen.push_back(e.sha256);
                sheet.text(kMargin, kPageWidth - 2 * kMargin,
                           QString::fromStdString(e.sha256.substr(0, 16)) + QStringLiteral("…   ")
                               + text::visible(e.request),
                           7, kMuted);
                sheet.y += 11;
            }
}

} // namespace

int pageCount(const KpiDocument &)
{
    return 2;
}

void paintPage(QPainter &painter, const KpiDocument &document, int page)
{
    painter.save();
    painter.setRenderHint(QPainter::Antialiasing);
    painter.fillRect(QRectF(0, 0, kPageWidth, kPageHeight), Qt::white);
    Sheet sheet(painter);
    header(sheet, document);
    if (page == 0) {
        sheet.text(kMargin, kPageWidth - 2 * kMargin, summary(document.report), 9.5, kInk);
        sheet.y += 22;
        figures(sheet, document);
        modelsTable(sheet, document);
        taxTable(sheet, document);
    } else {
        provenance(sheet, document);
    }
    footer(sheet, document, page, pageCount(document));
    painter.restore();
}

core::Result<void> writePdf(const KpiDocument &document, const std::string &path)
{
    QPdfWriter writer(QString::fromStdString(path));
    writer.setPageSize(QPageSize(QPageSize::A4));
    writer.setPageMargins(QMarginsF(0, 0, 0, 0));
    writer.setResolution(300);
    writer.setTitle(tr("KPI report, %1").arg(text::visible(document.site)));
    writer.setCreator(QStringLiteral("andon " ANDON_VERSION));
    QPainter painter;
    if (!painter.begin(&writer))
        return core::fail(core::ErrorKind::Storage, path, "the PDF cannot be written");
    painter.scale(300.0 / 72, 300.0 / 72);
    for (int page = 0; page < pageCount(document); ++page) {
        if (page > 0)
            writer.newPage();
        paintPage(painter, document, page);
    }
    if (!painter.end())
        return core::fail(core::ErrorKind::Storage, path, "the PDF cannot be written");
    return {};
}

} // namespace andon::reports

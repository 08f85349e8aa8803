#include "reports/kpireport.h"

#include "reports/kpiblocks.h"
#include "reports/kpifindings.h"
#include "text/errortext.h"
#include "text/plain.h"
#include "text/times.h"

#include <QCoreApplication>
#include <QPdfWriter>
#include <QSaveFile>

#include <algorithm>

namespace andon::reports
{

namespace
{

constexpr double kAll = kPageWidth - 2 * kMargin;
constexpr double kRunningHead = 30; // of every page but the first

QString tr(const char *source)
{
    return QCoreApplication::translate("Report", source);
}

TextStyle titleStyle()
{
    return {.size = 20, .strong = true};
}

/// The name of the site may be long: it wraps, and pushes down what is below.
double firstHead(const KpiDocument &document)
{
    const double title = textWidth(tr("KPI report"), titleStyle()) + 12;
    const QString site = tr("AI factory %1, cost and revenue").arg(text::visible(document.site));
    return std::max(30.0, 6 + textHeight(site, kAll - title - 140, {.size = 12})) + 12;
}

void paintLogo(QPainter &painter, double x, double y)
{
    const QColor colours[] = {QColor(0xC4, 0x23, 0x2E), QColor(0x8A, 0x61, 0x00), QColor(0x19, 0x7A, 0x46)};
    for (int i = 0; i < 3; ++i)
        painter.fillRect(QRectF(x, y + 7 * i, 6, 5.4), colours[i]);
}

void paintFirstHead(QPainter &painter, const KpiDocument &document)
{
    paintLogo(painter, kMargin, kTop + 3);
    const QString title = tr("KPI report");
    drawText(painter, kMargin + 14, kTop, kAll, title, titleStyle());
    const double left = textWidth(title, titleStyle()) + 26;
    drawText(painter, kMargin + left, kTop + 8, kAll - left - 126,
             tr("AI factory %1, cost and revenue").arg(text::visible(document.site)),
             {.size = 12, .colour = ink::kSecond});
    const bool cached = isCached(document);
    const QString state = cached ? tr("cached data, see footer") : tr("from live answers");
    const TextStyle style{.size = 8.5, .colour = ink::kMuted, .right = true};
    drawMark(painter, kPageWidth - kMargin - textWidth(state, style) - 10, kTop + 11.5, 6.5,
             cached ? Mark::Stale : Mark::None);
    drawText(painter, kPageWidth - kMargin - 124, kTop + 9, 124, state, style);
    drawRule(painter, kTop + firstHead(document) - 8, ink::kText, 1.2);
}

void paintRunningHead(QPainter &painter, const KpiDocument &document)
{
    const TextStyle strong{.size = 10, .strong = true};
    const QString title = tr("KPI report");
    drawText(painter, kMargin, kTop, kAll, title, strong);
    const double left = textWidth(title, strong) + 10;
    const QString right =
        tr("%1 to %2 · allocation basis · %3")
            .arg(text::dateTime(document.report.window.from), text::dateTime(document.report.window.to),
                 text::visible(document.report.currency.code));
    const TextStyle muted{.size = 8.5, .colour = ink::kMuted, .right = true};
    const double wide = textWidth(right, muted) + 4;
    drawText(painter, kMargin + left, kTop + 1, kAll - left - wide - 10,
             tr("%1, cost and revenue").arg(text::visible(document.site)),
             {.size = 8.5, .colour = ink::kSecond, .oneLine = true});
    drawText(painter, kPageWidth - kMargin - wide, kTop + 1, wide, right, muted);
    drawRule(painter, kTop + 17);
}

void paintFoot(QPainter &painter, const KpiDocument &document, int page, int pages)
{
    const double top = kPageHeight - kFoot + 14;
    drawRule(painter, top, ink::kMuted, 0.7);
    const double side = 116;
    const TextStyle style{.size = 7, .colour = ink::kMuted, .oneLine = true};
    TextStyle right = style;
    right.right = true;
    const SourceLine *stalest = stalestOf(document);
    QStringList failed;
    for (const SourceLine &source : document.sources)
        if (source.freshness.error)
            failed << productOf(source);
    const QString lines[] = {
        tr("Report %1 · data as of %2 · made %3")
            .arg(reportName(document), text::dateTime(document.freshness.at), text::dateTime(document.made)),
        (stalest
             ? tr("Stalest source: %1, %2").arg(productOf(*stalest), text::ago(stalest->freshness.at, document.made))
             : tr("No source has answered"))
            + (failed.isEmpty()
                   ? QString()
                   : QStringLiteral(" · ") + tr("does not answer: %1").arg(failed.join(QStringLiteral(", ")))),
        tr("Currency %1, no exchange rate applied · basis allocation · tokens by counter deltas")
            .arg(text::visible(document.report.currency.code))};
    for (int i = 0; i < 3; ++i)
        drawText(painter, kMargin, top + 4 + 10 * i, kAll - side, lines[i], style);
    const double x = kPageWidth - kMargin - side;
    TextStyle number = right;
    number.strong = true;
    number.colour = ink::kText;
    drawText(painter, x, top + 4, side, tr("Page %1/%2").arg(page + 1).arg(pages), number);
    drawText(painter, x, top + 14, side, QStringLiteral("andon " ANDON_VERSION), right);
    if (isCached(document)) {
        const QString words = tr("contains cached data");
        drawMark(painter, kPageWidth - kMargin - textWidth(words, number) - 9, top + 26, 6, Mark::Stale);
        drawText(painter, x, top + 24, side, words, number);
    } else {
        drawText(painter, x, top + 24, side, tr("from live answers"), right);
    }
}

} // namespace

struct KpiPages::Set {
    KpiDocument document;
    std::vector<FlowPage> pages;
};

KpiPages::KpiPages(KpiDocument document)
    : m_set(std::make_unique<Set>())
{
    m_set->document = std::move(document);
    const KpiDocument &d = m_set->document;
    Sections sections;
    addFacts(sections, d);
    addKeyFigures(sections, d);
    addFindings(sections, d);
    addModels(sections, d);
    addTax(sections, d);
    addReleases(sections, d);
    addProvenance(sections, d);
    m_set->pages =
        flow(sections.blocks(), sections.heads(), kTop + firstHead(d), kTop + kRunningHead, kPageHeight - kFoot);
}

KpiPages::~KpiPages() = default;

int KpiPages::count() const
{
    return static_cast<int>(m_set->pages.size());
}

void KpiPages::paint(QPainter &painter, int page) const
{
    painter.save();
    painter.setRenderHint(QPainter::Antialiasing);
    painter.fillRect(QRectF(0, 0, kPageWidth, kPageHeight), Qt::white);
    if (page >= 0 && page < count()) {
        page == 0 ? paintFirstHead(painter, m_set->document) : paintRunningHead(painter, m_set->document);
        for (const PlacedBlock &block : m_set->pages[static_cast<std::size_t>(page)])
            block.paint(painter, block.y);
        paintFoot(painter, m_set->document, page, count());
    }
    painter.restore();
}

int pageCount(const KpiDocument &document)
{
    return KpiPages(document).count();
}

core::Result<void> writePdf(const KpiDocument &document, const std::string &path)
{
    const auto failed = [&](const QFileDevice &file) {
        return core::fail(core::ErrorKind::Storage, path, file.errorString().toStdString());
    };
    QSaveFile file(QString::fromStdString(path)); // the old one stays until the new one is whole
    if (!file.open(QIODevice::WriteOnly))
        return failed(file);
    {
        QPdfWriter writer(&file);
        writer.setPageSize(QPageSize(QPageSize::A4));
        writer.setPageMargins(QMarginsF(0, 0, 0, 0));
        writer.setResolution(300);
        writer.setTitle(tr("KPI report, %1").arg(text::visible(document.site)));
        writer.setCreator(QStringLiteral("andon " ANDON_VERSION));
        const KpiPages pages(document);
        QPainter painter(&writer);
        painter.scale(300.0 / 72, 300.0 / 72);
        for (int page = 0; page < pages.count(); ++page) {
            if (page > 0)
                writer.newPage();
            pages.paint(painter, page);
        }
        painter.end();
    }
    if (!file.commit())
        return failed(file);
    return {};
}

} // namespace andon::reports

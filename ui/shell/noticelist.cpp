#include "ui/shell/noticelist.h"

#include "core/clock.h"
#include "text/noticetext.h"
#include "text/plain.h"
#include "text/times.h"
#include "ui/shell/noticebook.h"
#include "ui/theme/statusof.h"
#include "ui/widgets/label.h"
#include "ui/widgets/table.h"

#include <QHBoxLayout>
#include <QPushButton>
#include <QVBoxLayout>

namespace andon::ui
{

namespace
{

models::TableRow rowOf(const telemetry::Notice &one, core::Instant now)
{
    const QString about = text::visible(one.about);
    const QString what = text::noticeWhat(one);
    const bool fresh = !one.seen;
    return {.id = QString::number(one.id),
            .cells = {{.text = text::compactTime(one.at, now),
                       .muted = one.seen,
                       .tip = text::dateTime(one.at) + QStringLiteral(", ") + text::ago(one.at, now)},
                      {.text = text::visible(one.site.value), .muted = one.seen},
                      {.text = about.isEmpty() ? what : what + QStringLiteral(" · ") + about,
                       .strong = fresh,
                       .muted = one.seen,
                       .tip = about},
                      {.text = text::noticeFrom(one), .muted = true},
                      {.text = text::noticeTo(one),
                       .status = static_cast<int>(statusOf(one.after)),
                       .strong = fresh,
                       .muted = one.seen}},
            .link = QString::fromStdString(one.link)};
}

} // namespace

NoticeList::NoticeList(NoticeBook &book, const core::Clock &clock, QWidget *parent)
    : QDialog(parent)
    , m_book(book)
    , m_clock(clock)
    , m_rows({{.title = tr("Time"), .width = 92},
              {.title = tr("Site"), .width = 96},
              {.title = tr("What")},
              {.title = tr("From"), .width = 120},
              {.title = tr("To"), .width = 150}})
    , m_table(new Table(m_rows, this))
    , m_note(new Label({}, Tone::Muted, 12, this))
    , m_read(new QPushButton(tr("Mark all read"), this))
{
    setAttribute(Qt::WA_DeleteOnClose);
    setWindowTitle(tr("Notifications"));
    resize(860, 460);
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(12, 12, 12, 12);
    column->setSpacing(8);
    auto *row = new QHBoxLayout;
    m_note->setElided(true);
    row->addWidget(m_note, 1);
    m_read->setFixedHeight(26);
    m_read->setAutoDefault(false); // Enter is the list's
    row->addWidget(m_read);
    column->addLayout(row);
    m_table->setAccessibleName(tr("Notifications"));
    column->addWidget(m_table, 1);
    connect(m_read, &QPushButton::clicked, &m_book, [this] { m_book.markAllRead(); });
    connect(&m_book, &NoticeBook::changed, this, &NoticeList::render);
    connect(m_table, &Table::linkRequested, this, [this](const QString &link) {
        close();
        Q_EMIT linkRequested(link);
    });
    render();
    m_table->setFocus();
    m_table->selectRow(0);
}

void NoticeList::render()
{
    std::vector<models::TableRow> rows;
    for (const telemetry::Notice &one : m_book.all())
        rows.push_back(rowOf(one, m_clock.now()));
    const int unread = m_book.unread();
    m_note->setText(rows.empty() ? tr("Nothing has changed since this profile is watched.")
                        : unread ? tr("%1 unread of %2 · Enter goes there").arg(unread).arg(rows.size())
                                 : tr("%1, all read · Enter goes there").arg(rows.size()));
    m_rows.setRows(std::move(rows));
    m_read->setEnabled(unread > 0);
}

} // namespace andon::ui

// The acknowledgements of a FloorPage: what is chosen, the dialog, and what comes of it.
#include "text/errortext.h"
#include "text/floortext.h"
#include "ui/pages/floor/ackdialog.h"
#include "ui/pages/floor/floorpage.h"
#include "ui/pages/floor/floorwords.h"
#include "ui/pages/floor/needslist.h"
#include "ui/pages/floor/stationcard.h"

#include <QPointer>

namespace andon::ui
{

void FloorPage::setAckDesk(AckDesk *desk)
{
    m_acks = desk;
    m_needs->setAcknowledging(desk != nullptr);
    for (StationCard *card : m_stations)
        card->setAcknowledging(desk != nullptr);
}

bool FloorPage::canAcknowledge() const
{
    return m_acks && m_needs->chosen().has_value();
}

void FloorPage::acknowledgeChosen()
{
    if (const auto row = m_needs->chosen(); row && m_acks)
        toggle(*row);
}

void FloorPage::toggle(const AckRow &row)
{
    if (row.acknowledged)
        return finish(m_acks->withdraw(row.subject), nullptr);
    auto *dialog = new AckDialog(row.title, m_acks->person(), this);
    const QPointer<AckDialog> shown = dialog;
    connect(dialog, &AckDialog::given, this, [this, shown, row](const QString &who, const QString &note) {
        shown->setBusy(true);
        finish(m_acks->acknowledge(row.subject, who.toStdString(), note.toStdString()), shown);
    });
    dialog->show();
}

void FloorPage::finish(const core::Pending<std::string> &pending, const QPointer<AckDialog> &dialog)
{
    core::whenDone<std::string>(pending, this, [this, dialog](const core::Result<std::string> &done) {
        if (done) {
            if (dialog)
                dialog->close();
            return refresh(false); // the view is read anew, the sources are not asked
        }
        if (dialog)
            dialog->showFailure(text::headline(done.error()));
        else
            Q_EMIT notice(text::headline(done.error()));
    });
}

} // namespace andon::ui

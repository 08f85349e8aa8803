#include "ui/pages/floor/ackdialog.h"

#include "ui/widgets/label.h"

#include <QDialogButtonBox>
#include <QFormLayout>
#include <QLineEdit>
#include <QPushButton>
#include <QVBoxLayout>

namespace andon::ui
{

namespace
{
constexpr int kLongestName = 100;
constexpr int kLongestNote = 1'000;
} // namespace

AckDialog::AckDialog(const QString &what, const QString &person, QWidget *parent)
    : QDialog(parent)
{
    setAttribute(Qt::WA_DeleteOnClose);
    setModal(false);
    setWindowTitle(tr("Acknowledge"));
    setMinimumWidth(420);
    auto *column = new QVBoxLayout(this);
    column->setSpacing(12);
    column->addWidget(new Label(what, Tone::Strong, 13, this));
    m_who = new QLineEdit(person, this);
    m_who->setMaxLength(kLongestName);
    m_who->setAccessibleName(tr("Who is on it"));
    m_note = new QLineEdit(this);
    m_note->setMaxLength(kLongestNote);
    m_note->setPlaceholderText(tr("What is being done"));
    m_note->setAccessibleName(tr("Note"));
    auto *form = new QFormLayout;
    form->addRow(tr("&Name"), m_who);
    form->addRow(tr("N&ote"), m_note);
    column->addLayout(form);
    column->addWidget(new Label(tr("Others see it on the Floor until the state changes. It is kept in the records."),
                                Tone::Muted, 12, this));
    m_failure = new Label({}, Tone::Normal, 12, this);
    m_failure->hide();
    column->addWidget(m_failure);
    auto *buttons = new QDialogButtonBox(QDialogButtonBox::Cancel, this);
    m_save = buttons->addButton(tr("Acknowledge"), QDialogButtonBox::AcceptRole);
    m_save->setDefault(true);
    column->addWidget(buttons);
    const auto check = [this] { m_save->setEnabled(!m_who->text().trimmed().isEmpty()); };
    check();
    connect(m_who, &QLineEdit::textChanged, this, check);
    connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::close);
    connect(buttons, &QDialogButtonBox::accepted, this,
            [this] { Q_EMIT given(m_who->text().trimmed(), m_note->text().trimmed()); });
    (person.isEmpty() ? m_who : m_note)->setFocus();
}

void AckDialog::setBusy(bool busy)
{
    m_save->setEnabled(!busy);
}

void AckDialog::showFailure(const QString &sentence)
{
    setBusy(false);
    m_failure->setText(sentence);
    m_failure->show();
}

} // namespace andon::ui

#include "ui/pages/settings/preferencesform.h"

#include "text/units.h"
#include "ui/pages/settings/preferencedesk.h"
#include "ui/widgets/label.h"
#include "ui/widgets/tile.h"

#include <QComboBox>
#include <QDateTime>
#include <QGridLayout>
#include <QLineEdit>
#include <QTimeZone>
#include <QVBoxLayout>

namespace andon::ui
{

namespace
{

constexpr int kHeight = 26;
constexpr const char *kQuiet = "quiet_hours";
constexpr const char *kCap = "cache_cap";
constexpr const char *kBudget = "requests_per_minute";
constexpr const char *kZoom = "zoom";
constexpr const char *kZone = "time_zone";
constexpr const char *kLanguage = "language";

/// As the field shows it: what is by default is empty, and the hint tells.
QString shownOf(const profile::Settings &settings, const char *key)
{
    const std::string text = profile::settingText(settings, key).value_or(std::string());
    return text == "default" ? QString() : QString::fromStdString(text);
}

std::string typed(const QLineEdit &line)
{
    return line.text().trimmed().toStdString();
}

bool valid(const char *key, const std::string &text)
{
    profile::Settings probe;
    return profile::setSetting(probe, key, text).has_value();
}

} // namespace

PreferencesForm::PreferencesForm(PreferenceDesk &desk, QWidget *parent)
    : Card(tr("Preferences"), parent)
    , m_desk(desk)
    , m_grid(new QGridLayout)
    , m_wish(new QComboBox(this))
{
    setFlat(true);
    m_wish->setSizeAdjustPolicy(QComboBox::AdjustToMinimumContentsLengthWithIcon);
    m_wish->setMinimumContentsLength(8);
    m_grid->setContentsMargins(12, 8, 12, 8);
    m_grid->setVerticalSpacing(2);
    m_grid->setHorizontalSpacing(8);
    m_grid->setColumnStretch(0, 2);
    m_grid->setColumnStretch(1, 3);
    body()->addLayout(m_grid);
    m_wish->addItem(tr("Nothing"), QStringLiteral("off"));
    m_wish->addItem(tr("What is critical"), QStringLiteral("critical"));
    m_wish->addItem(tr("Every change"), QStringLiteral("all"));
    m_wishNote = addRow(tr("Notify of"), m_wish);
    connect(m_wish, &QComboBox::activated, this, [this] {
        const std::string wish = m_wish->currentData().toString().toStdString();
        Q_EMIT edited([wish](profile::Settings &settings) { settings.notifications = wish; });
    });
    addField(kQuiet, tr("Quiet hours"), tr("none"), tr("two different times of day, 22:00-06:30"));
    addField(kCap, tr("Cache cap"), QStringLiteral("2 GiB"), tr("a size of at least 1 MiB, like 2 GiB"));
    addField(kBudget, tr("Requests/min"), tr("600; none if local"),
             tr("a number from 0, which is no budget, to 1000000"));
    addField(kLanguage, tr("Language"), tr("the system's"), tr("a language tag like en or de-CH"));
    addField(kZone, tr("Time zone"), tr("the system's"), tr("a time zone such as Europe/Berlin or UTC"));
    addField(kZoom, tr("Zoom, %"), QStringLiteral("100"), tr("a number of percent from 100 to 200"));
    connect(&m_desk, &PreferenceDesk::changed, this, &PreferencesForm::render);
    setSettings({});
}

Label *PreferencesForm::addRow(const QString &name, QWidget *field)
{
    const int row = m_grid->rowCount();
    auto *label = new Label(name, Tone::Second, 12, this);
    label->setElided(true);
    m_grid->addWidget(label, row, 0);
    field->setFixedHeight(kHeight);
    field->setAccessibleName(name);
    m_grid->addWidget(field, row, 1);
    auto *note = new Label({}, Tone::Muted, 11, this);
    note->setWordWrap(true);
    m_grid->addWidget(note, row + 1, 0, 1, 2);
    m_grid->setRowMinimumHeight(row + 2, kHeight / 7);
    return note;
}

void PreferencesForm::addField(const char *key, const QString &name, const QString &hint, const QString &wrong)
{
    auto *line = new QLineEdit(this);
    line->setTextMargins(6, 0, 6, 0);
    line->setPlaceholderText(hint);
    m_fields.push_back({key, line, addRow(name, line), wrong});
    connect(line, &QLineEdit::textChanged, this, &PreferencesForm::render);
    connect(line, &QLineEdit::editingFinished, this, [this, at = m_fields.size() - 1] { save(m_fields[at]); });
}

void PreferencesForm::save(const Field &field)
{
    const std::string text = typed(*field.line);
    profile::Settings changed = m_settings;
    if (!profile::setSetting(changed, field.key, text))
        return;
    if (changed == m_settings)
        return field.line->setText(shownOf(m_settings, field.key));
    Q_EMIT edited([key = std::string(field.key), text](profile::Settings &settings) {
        (void)profile::setSetting(settings, key, text); // it was tried above
    });
}

void PreferencesForm::setSettings(const profile::Settings &settings)
{
    m_settings = settings;
    m_wish->setCurrentIndex(m_wish->findData(QString::fromStdString(settings.notifications)));
    for (const Field &field : m_fields)
        if (!(field.line->hasFocus() && field.line->isModified() && !valid(field.key, typed(*field.line))))
            field.line->setText(shownOf(settings, field.key));
    render();
}

void PreferencesForm::refresh()
{
    m_desk.lookAgain();
}

void PreferencesForm::render()
{
    m_wishNote->setText(wishNote());
    for (const Field &field : m_fields) {
        const bool right = valid(field.key, typed(*field.line));
        field.note->setTone(right ? Tone::Muted : Tone::Strong);
        field.note->setText(right ? noteOf(field) : tr("Not saved: it must be %1.").arg(field.wrong));
        field.line->setAccessibleDescription(field.note->text());
    }
    m_wish->setAccessibleDescription(m_wishNote->text());
    m_wish->setToolTip(tipOf(m_wish->currentText())); // a long word is cut off
}

QString PreferencesForm::wishNote() const
{
    if (!m_desk.desktopTakes())
        return tr("This desktop takes none. The bell below has them.");
    return m_settings.notifications == "all" ? tr("A few a minute. The bell below has all.")
                                             : tr("The bell below counts every change.");
}

QString PreferencesForm::noteOf(const Field &field) const
{
    if (field.key == kQuiet) {
        const QString zone =
            QTimeZone::systemTimeZone().displayName(QDateTime::currentDateTime(), QTimeZone::ShortName);
        return tr("No notifications then. Local time, %1.").arg(zone);
    }
    if (field.key == kCap)
        return tr("It holds %1 now.").arg(text::bytes(m_desk.cacheBytes()));
    if (field.key == kLanguage)
        return tr("At once. Numbers and dates follow it too.");
    if (field.key == kZoom || field.key == kZone)
        return tr("Holds from the next start.");
    return typed(*field.line) == "0" ? tr("Of each source: no budget.") : tr("Of each source. More than that waits.");
}

} // namespace andon::ui

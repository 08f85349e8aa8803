#pragma once
// Preferences of the whole console: notifications, quiet hours, the cap of the cache, the budget of requests. Each is
// saved when its field is left or Enter is pressed, and says while one types what is wrong. GUI thread.
#include "profile/settings.h"
#include "ui/widgets/card.h"

class QComboBox;
class QGridLayout;
class QLineEdit;

namespace andon::ui
{

class PreferenceDesk;

class PreferencesForm final : public Card
{
    Q_OBJECT
public:
    /// desk: must outlive it.
    PreferencesForm(PreferenceDesk &desk, QWidget *parent);
    void setSettings(const profile::Settings &settings);
    void refresh(); ///< what stands beside the fields

Q_SIGNALS:
    void edited(const std::function<void(profile::Settings &)> &change);

private:
    struct Field {
        const char *key = nullptr; ///< in settings.yaml
        QLineEdit *line = nullptr;
        Label *note = nullptr;
        QString wrong = {}; ///< what it must be
    };
    Label *addRow(const QString &name, QWidget *field);
    void addField(const char *key, const QString &name, const QString &hint, const QString &wrong);
    void save(const Field &field);
    void render();
    [[nodiscard]] QString noteOf(const Field &field) const;
    [[nodiscard]] QString wishNote() const;

    PreferenceDesk &m_desk;
    profile::Settings m_settings;
    QGridLayout *m_grid = nullptr;
    QComboBox *m_wish = nullptr;
    Label *m_wishNote = nullptr;
    std::vector<Field> m_fields;
};

} // namespace andon::ui

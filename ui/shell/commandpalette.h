#pragma once
// Ctrl+K: some letters of a command, a page, a site, a branch, a commit, a model or a view, and Enter goes there. What
// a command needs to know is asked for in the same place. GUI thread.
#include "models/quickfind.h"

#include <QDialog>

#include <functional>
#include <memory>

class QLabel;
class QLineEdit;
class QListView;

namespace andon::ui
{

class CommandRegistry;
class QuickList;

class CommandPalette final : public QDialog
{
    Q_OBJECT
public:
    /// places: what can be gone to beside the commands; may come later. go: is told the target of a chosen place.
    CommandPalette(CommandRegistry &registry, std::function<void(const QString &target)> go, QWidget *parent);
    ~CommandPalette() override;

    void setPlaces(std::shared_ptr<const models::QuickIndex> places);
    /// Asks for what the command needs to know.
    void askFor(const QString &command);
    [[nodiscard]] int shownCount() const;

protected:
    bool eventFilter(QObject *watched, QEvent *event) override;

private:
    void fill(const QString &words);
    void take();
    void takeCommand(const QString &id);

    CommandRegistry &m_registry;
    std::function<void(const QString &)> m_go;
    models::QuickIndex m_commands;
    models::QuickIndex m_choices; ///< of the command that asks
    std::shared_ptr<const models::QuickIndex> m_places;
    QString m_asking; ///< command id
    QLineEdit *m_input = nullptr;
    QListView *m_list = nullptr;
    QLabel *m_foot = nullptr;
    std::unique_ptr<QuickList> m_rows;
};

} // namespace andon::ui

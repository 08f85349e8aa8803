#pragma once
// The top of Compare: which repository, the two sides with what they are, how their histories part, and what is asked
// (two-dot or three-dot). GUI thread.
#include "factory/comparecontext.h"
#include "text/comparelink.h"

#include <QWidget>

#include <array>

class QComboBox;
class QLineEdit;
class QPushButton;
class QStringListModel;

namespace andon::ui
{

class Label;
class Pill;

class CompareHead final : public QWidget
{
    Q_OBJECT
public:
    explicit CompareHead(QWidget *parent = nullptr);
    void setRepositories(const QStringList &names);
    void setRefs(const QStringList &names); ///< offered to complete with
    void setWords(const text::CompareWords &words);
    [[nodiscard]] text::CompareWords words() const;
    /// nullptr: what is asked for is not known.
    void setComparison(const factory::Comparison *comparison, core::Instant now);
    void setContext(factory::CompareContext context); ///< of the comparison; it is shown with it alone

Q_SIGNALS:
    void asked(); ///< by the person: words() are others
    void linkRequested(const QString &link);

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    struct Side {
        QLineEdit *line = nullptr;
        QPushButton *open = nullptr;
        Label *facts = nullptr;
        QPushButton *commit = nullptr;
        Pill *gate = nullptr;
        std::array<QPushButton *, 2> models = {}; ///< trained on the commit, newest first
        Label *moreModels = nullptr;
    };
    Side buildSide(const QString &letter, const QString &name);
    QWidget *buildMode();
    void setSide(Side &side, const factory::CompareSide *what, core::Instant now);
    void setModels(Side &side, const factory::CompareContext::Models &models);
    void renderModels();
    void swap();
    void renderMode();
    void paintWays(QPainter &painter) const;

    std::optional<factory::Comparison> m_comparison;
    factory::CompareContext m_context;
    QStringListModel *m_refs = nullptr;
    QComboBox *m_repositories = nullptr;
    Side m_left;
    Side m_right;
    QPushButton *m_two = nullptr;
    QPushButton *m_three = nullptr;
    Label *m_mode = nullptr;
};

} // namespace andon::ui

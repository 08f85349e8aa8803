#pragma once
// One line in the grammar of text/filter: coloured while it is typed, completing, with what is wrong said below it and
// the counts at its right. GUI thread.
#include "text/filter.h"

#include <QLineEdit>

#include <functional>

namespace andon::ui
{

class FilterHint;
class FilterOffers;

class FilterBar final : public QLineEdit
{
    Q_OBJECT
public:
    using Grammar = std::function<text::FilterGrammar()>;
    /// name: what is filtered, for screen readers and while it is empty.
    FilterBar(const QString &name, Grammar grammar, QWidget *parent = nullptr);

    /// Reads the words again: the fields or the clock have changed.
    void readAgain();
    [[nodiscard]] const text::Filter &filter() const { return m_filter; }
    [[nodiscard]] const std::optional<text::FilterProblem> &problem() const { return m_problem; }
    void focusAll(); ///< for typing, over what stands there
    /// "12 of 340" while there is a filter.
    void setCounts(std::int64_t shown, std::int64_t all);
    /// Where Enter and Esc lead, and Down when nothing is to complete.
    void setList(QWidget *list) { m_list = list; }

Q_SIGNALS:
    /// Of what is right; a word that is wrong and finished keeps the last one.
    void filterChanged(const andon::text::Filter &filter);

    void entered(); ///< it has the focus: words may come

protected:
    void paintEvent(QPaintEvent *event) override;
    void keyPressEvent(QKeyEvent *event) override;
    bool event(QEvent *event) override;
    void inputMethodEvent(QInputMethodEvent *event) override;
    void focusInEvent(QFocusEvent *event) override;
    void focusOutEvent(QFocusEvent *event) override;
    void resizeEvent(QResizeEvent *event) override;

private:
    void read();
    void colour();
    void sayProblem();
    void offer(bool asked);
    void take(const QString &word);
    bool takeInstead();
    bool takeTab();
    bool offersKey(int key);
    [[nodiscard]] bool offering() const;
    void leave();
    void arrange();

    Grammar m_grammar;
    std::vector<text::FilterSpan> m_spans;
    std::optional<text::FilterProblem> m_problem;
    text::Filter m_filter;
    FilterOffers *m_offers = nullptr;
    text::FilterCompletion m_completion;
    FilterHint *m_hint = nullptr;
    QWidget *m_list = nullptr;
    QString m_counts;
    bool m_composing = false;
};

} // namespace andon::ui

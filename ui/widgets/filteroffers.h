#pragma once
// What may stand at the cursor of a filter bar, below it; the bar keeps the focus and moves the choice. GUI thread.
#include <QListView>

class QStringListModel;

namespace andon::ui
{

class FilterOffers final : public QListView
{
    Q_OBJECT
public:
    /// A child of the window of `bar`, below it.
    explicit FilterOffers(QWidget *bar);
    /// left: where in the bar, px.
    void offer(const QStringList &words, int left);
    void step(int by); ///< to the next or the one before, around
    [[nodiscard]] QString chosen() const; ///< "" while none is
    [[nodiscard]] QString first() const;

Q_SIGNALS:
    void taken(const QString &word); ///< by a click

private:
    QWidget *m_bar = nullptr;
    QStringListModel *m_words = nullptr;
};

} // namespace andon::ui

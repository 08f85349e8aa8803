#pragma once
// The sentence below a filter bar that says what is wrong with it, over whatever lies there. GUI thread.
#include <QWidget>

namespace andon::ui
{

class FilterHint final : public QWidget
{
    Q_OBJECT
public:
    /// A child of the window of `bar`, below it.
    explicit FilterHint(QWidget *bar);
    void say(const QString &sentence);
    [[nodiscard]] const QString &sentence() const { return m_sentence; }

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    QWidget *m_bar = nullptr;
    QString m_sentence;
};

} // namespace andon::ui

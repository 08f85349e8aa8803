#pragma once
// The line under the toolbar while the console is pinned: to what, and how to leave. GUI thread.
#include <QWidget>

namespace andon::ui
{

class Label;

class AsOfBar final : public QWidget
{
    Q_OBJECT
public:
    explicit AsOfBar(QWidget *parent = nullptr);
    void setText(const QString &sentence);

Q_SIGNALS:
    void released();

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    Label *m_text = nullptr;
};

} // namespace andon::ui

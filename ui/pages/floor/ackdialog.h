#pragma once
// Asks who is on something, and with what note. It stands beside the window and stops nothing. GUI thread.
#include <QDialog>

class QLineEdit;
class QPushButton;

namespace andon::ui
{

class Label;

class AckDialog final : public QDialog
{
    Q_OBJECT
public:
    AckDialog(const QString &what, const QString &person, QWidget *parent = nullptr);
    void showFailure(const QString &sentence); ///< it stays open, with what was typed
    void setBusy(bool busy);

Q_SIGNALS:
    void given(const QString &who, const QString &note);

private:
    QLineEdit *m_who = nullptr;
    QLineEdit *m_note = nullptr;
    QPushButton *m_save = nullptr;
    Label *m_failure = nullptr;
};

} // namespace andon::ui
